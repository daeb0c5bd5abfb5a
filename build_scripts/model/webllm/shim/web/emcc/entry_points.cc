// The C functions that tvmjs calls besides the exported API. The wheel's tvmjs_support.cc has
// them too, but only together with the RPC server, which an application never starts.
#include <tvm/ffi/c_api.h>
#include <tvm/ffi/error.h>
#include <tvm/runtime/base.h>

#include <cstdint>
#include <string>

extern "C" {

// Provided by tvmjs in JavaScript.
extern int TVMFFIWasmSafeCall(void* self, const TVMFFIAny* args, int32_t num_args,
                              TVMFFIAny* result);
extern void TVMFFIWasmFunctionDeleter(void* self);

TVM_RUNTIME_DLL void* TVMWasmAllocSpace(int size) { return new int64_t[(size + 7) / 8]; }

TVM_RUNTIME_DLL void TVMWasmFreeSpace(void* data) { delete[] static_cast<int64_t*>(data); }

TVM_RUNTIME_DLL int TVMFFIWasmFunctionCreate(void* self, TVMFFIObjectHandle* out) {
  return TVMFFIFunctionCreate(self, TVMFFIWasmSafeCall, TVMFFIWasmFunctionDeleter, out);
}

TVM_RUNTIME_DLL const char* TVMFFIWasmGetLastError() {
  static std::string message;
  message = tvm::ffi::details::MoveFromSafeCallRaised().what();
  return message.c_str();
}

}  // extern "C"

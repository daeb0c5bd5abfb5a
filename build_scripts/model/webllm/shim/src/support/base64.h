// TVM writes tensors as base64 only inside JSON dumps of its IR, which no library here contains:
// the names must exist for tensor.cc to compile, and using them is an error.
#ifndef LOCALM_SHIM_SRC_SUPPORT_BASE64_H_
#define LOCALM_SHIM_SRC_SUPPORT_BASE64_H_

#include <tvm/support/io.h>

namespace tvm {
namespace support {

class NoBase64Stream : public Stream {
 public:
  using Stream::Read;
  using Stream::Write;
  explicit NoBase64Stream(Stream*) {}
  void InitPosition() {}
  void Finish() {}
  size_t Read(void*, size_t) final { return Refuse(); }
  size_t Write(const void*, size_t) final { return Refuse(); }

 private:
  static size_t Refuse() {
    TVM_FFI_THROW(InternalError) << "tensors inside JSON are not supported in this runtime";
    return 0;
  }
};

using Base64InStream = NoBase64Stream;
using Base64OutStream = NoBase64Stream;

}  // namespace support
}  // namespace tvm
#endif  // LOCALM_SHIM_SRC_SUPPORT_BASE64_H_

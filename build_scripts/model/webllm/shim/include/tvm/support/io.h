// The byte stream that TVM's runtime loads compiled modules from. The apache-tvm wheel carries the
// runtime's sources without this header; it is written from the calls they make. Little endian only.
#ifndef LOCALM_SHIM_TVM_SUPPORT_IO_H_
#define LOCALM_SHIM_TVM_SUPPORT_IO_H_

#include <cstddef>

namespace tvm {
namespace support {

template <typename T, typename Enable = void>
struct Serializer;

class Stream {
 public:
  virtual ~Stream() = default;
  virtual size_t Read(void* data, size_t size) = 0;
  virtual size_t Write(const void* data, size_t size) = 0;

  template <typename T>
  bool Read(T* value) {
    return Serializer<T>::Read(this, value);
  }
  template <typename T>
  void Write(const T& value) {
    Serializer<T>::Write(this, value);
  }
  template <typename T>
  bool ReadArray(T* items, size_t count) {
    for (size_t i = 0; i < count; ++i) {
      if (!Read(items + i)) return false;
    }
    return true;
  }
  template <typename T>
  void WriteArray(const T* items, size_t count) {
    for (size_t i = 0; i < count; ++i) Write(items[i]);
  }
};

}  // namespace support
}  // namespace tvm
#endif  // LOCALM_SHIM_TVM_SUPPORT_IO_H_

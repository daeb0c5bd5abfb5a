// NVTX marks time ranges for NVIDIA's profiler; in a browser there is nothing to mark.
#ifndef LOCALM_SHIM_TVM_SUPPORT_CUDA_NVTX_H_
#define LOCALM_SHIM_TVM_SUPPORT_CUDA_NVTX_H_

#include <string>

namespace tvm {
namespace support {

class NVTXScopedRange {
 public:
  explicit NVTXScopedRange(const std::string&) {}
};

}  // namespace support
}  // namespace tvm
#endif  // LOCALM_SHIM_TVM_SUPPORT_CUDA_NVTX_H_

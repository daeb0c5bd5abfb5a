"""The error tree: each error is a stable code and a sentence that says what to do next.

    LocalmError                     code
    ├─ BadMessage                   bad-message
    ├─ VersionMismatch              version-mismatch
    ├─ UnknownModel                 unknown-model
    ├─ PromptTooLong                prompt-too-long
    ├─ Cancelled                    cancelled
    ├─ NoEngineLeft                 no-engine          (every engine was tried; detail lists why)
    ├─ InternalError                internal
    └─ EngineError                  one engine failed; the next one takes over
       ├─ LoadFailed                load-failed
       │  ├─ WebGpuUnavailable      webgpu-unavailable
       │  ├─ DownloadFailed         download-failed
       │  ├─ LibraryBroken          library-broken
       │  └─ UnsupportedModel       unsupported-model
       ├─ OutOfMemory               out-of-memory
       ├─ DeviceLost                device-lost
       └─ GenerationFailed          generation-failed
"""

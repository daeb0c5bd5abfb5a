// Included by tensor_cache_support.cc, which uses nothing of it.

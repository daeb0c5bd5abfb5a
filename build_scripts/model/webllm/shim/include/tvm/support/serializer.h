// How values lie in a serialized module: scalars as they are in memory, containers as a uint64
// count followed by their items. Whatever else has its own specialization beside its type.
#ifndef LOCALM_SHIM_TVM_SUPPORT_SERIALIZER_H_
#define LOCALM_SHIM_TVM_SUPPORT_SERIALIZER_H_

#include <tvm/ffi/container/array.h>
#include <tvm/ffi/container/map.h>
#include <tvm/ffi/endian.h>
#include <tvm/ffi/string.h>
#include <tvm/support/io.h>

#include <cstdint>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tvm {
namespace support {

template <typename T>
struct Serializer<T, std::enable_if_t<std::is_trivially_copyable_v<T>>> {
  static void Write(Stream* stream, const T& value) { stream->Write(&value, sizeof(T)); }
  static bool Read(Stream* stream, T* value) { return stream->Read(value, sizeof(T)) == sizeof(T); }
};

template <>
struct Serializer<std::string> {
  static void Write(Stream* stream, const std::string& text) {
    stream->Write<uint64_t>(text.size());
    stream->Write(text.data(), text.size());
  }
  static bool Read(Stream* stream, std::string* text) {
    uint64_t size;
    if (!stream->Read(&size)) return false;
    text->resize(size);
    return stream->Read(text->data(), size) == size;
  }
};

template <>
struct Serializer<ffi::String> {
  static void Write(Stream* stream, const ffi::String& text) {
    stream->Write(std::string(text.data(), text.size()));
  }
  static bool Read(Stream* stream, ffi::String* text) {
    std::string bytes;
    if (!stream->Read(&bytes)) return false;
    *text = ffi::String(std::move(bytes));
    return true;
  }
};

template <typename Items>
void WriteItems(Stream* stream, const Items& items) {
  stream->Write<uint64_t>(items.size());
  for (const auto& item : items) stream->Write(item);
}

template <typename Item, typename Add>
bool ReadItems(Stream* stream, Add add) {
  uint64_t count;
  if (!stream->Read(&count)) return false;
  for (uint64_t i = 0; i < count; ++i) {
    Item item{};
    if (!stream->Read(&item)) return false;
    add(std::move(item));
  }
  return true;
}

template <typename T>
struct Serializer<std::vector<T>> {
  static void Write(Stream* stream, const std::vector<T>& items) { WriteItems(stream, items); }
  static bool Read(Stream* stream, std::vector<T>* items) {
    items->clear();
    return ReadItems<T>(stream, [&](T&& item) { items->push_back(std::move(item)); });
  }
};

template <typename T>
struct Serializer<ffi::Array<T>> {
  static void Write(Stream* stream, const ffi::Array<T>& items) { WriteItems(stream, items); }
  static bool Read(Stream* stream, ffi::Array<T>* items) {
    *items = ffi::Array<T>();
    return ReadItems<T>(stream, [&](T&& item) { items->push_back(std::move(item)); });
  }
};

template <typename K, typename V>
struct Serializer<std::pair<K, V>, std::enable_if_t<!std::is_trivially_copyable_v<std::pair<K, V>>>> {
  static void Write(Stream* stream, const std::pair<K, V>& entry) {
    stream->Write(entry.first);
    stream->Write(entry.second);
  }
  static bool Read(Stream* stream, std::pair<K, V>* entry) {
    return stream->Read(&entry->first) && stream->Read(&entry->second);
  }
};

template <typename K, typename V>
struct Serializer<std::unordered_map<K, V>> {
  static void Write(Stream* stream, const std::unordered_map<K, V>& map) {
    WriteItems(stream, std::vector<std::pair<K, V>>(map.begin(), map.end()));
  }
  static bool Read(Stream* stream, std::unordered_map<K, V>* map) {
    map->clear();
    using Entry = std::pair<K, V>;
    return ReadItems<Entry>(stream, [&](Entry&& entry) { map->insert(std::move(entry)); });
  }
};

template <typename K, typename V>
struct Serializer<ffi::Map<K, V>> {
  static void Write(Stream* stream, const ffi::Map<K, V>& map) { WriteItems(stream, map); }
  static bool Read(Stream* stream, ffi::Map<K, V>* map) {
    *map = ffi::Map<K, V>();
    using Entry = std::pair<K, V>;
    return ReadItems<Entry>(stream, [&](Entry&& entry) { map->Set(entry.first, entry.second); });
  }
};

}  // namespace support
}  // namespace tvm
#endif  // LOCALM_SHIM_TVM_SUPPORT_SERIALIZER_H_

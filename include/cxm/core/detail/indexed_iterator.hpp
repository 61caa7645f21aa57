// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iterator>

/// \file
/// An iterator over anything with an index: it keeps the thing by value, so a view serves as it is,
/// and for a container a pointer in `indexed<Container>`.

namespace cxm::detail {

/// A pointer that is indexed like what it points to.
template <class Container>
struct indexed {
  Container const* container = nullptr;
  constexpr decltype(auto) operator[](std::size_t index) const { return (*container)[index]; }
};

template <class View>
class indexed_iterator {
 public:
  using value_type = decltype(std::declval<View const&>()[0]);
  using reference = value_type;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using iterator_category = std::input_iterator_tag;

  constexpr indexed_iterator(View view, std::size_t index) : view_(view), index_(index) {}
  constexpr value_type operator*() const { return view_[index_]; }
  constexpr indexed_iterator& operator++() {
    ++index_;
    return *this;
  }
  constexpr indexed_iterator operator++(int) { return {view_, index_++}; }
  friend constexpr bool operator==(indexed_iterator const& a, indexed_iterator const& b) {
    return a.index_ == b.index_;
  }

 private:
  View view_;
  std::size_t index_;
};

}  // namespace cxm::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Boost.Serialization for every accumulator of cxm, combinators and all: `archive << plan` and
/// `archive >> plan`, into text, XML and binary archives, also inside the user's own classes.
/// What is loaded goes into a plan that was made as the saved one; the bytes are those of `save`,
/// with its checks. Needs the headers of Boost.Serialization, and its library for its archives.

#include <cxm/adapt/detail/archived.hpp>
#include <cxm/core/codec.hpp>

#include <boost/serialization/nvp.hpp>
#include <boost/serialization/string.hpp>

#include <string>

namespace cxm {

/// What archives call. Throws `bad_state`, whose text says why, for a state that is damaged or of
/// another plan. An accumulator outside of namespace cxm offers a `serialize` beside it that calls
/// this one.
template <class Archive, detail::described Accumulator>
void serialize(Archive& archive, Accumulator& accumulator, unsigned int) {
  detail::pass_through<Archive>(accumulator, [&](std::string& text) {
    archive& boost::serialization::make_nvp("state", text);
  });
}

}  // namespace cxm

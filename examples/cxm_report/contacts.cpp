// SPDX-License-Identifier: BSL-1.0
#include "contacts.hpp"

#include <cxm/journey/row_policies.hpp>

#include <algorithm>
#include <utility>

namespace report {

namespace {

/// A time in a column that need not be filled: `valid` says whether it is empty or a time.
struct optional_time {
  bool valid = true;
  std::optional<cxm::parsed_time> time;
};

date date_of(cxm::parsed_time const& time) {
  return date(time.date);
}

class loader {
 public:
  explicit loader(options const& given)
      : input_(given),
        customer_(key_column(given)),
        time_(input_.column("--time", given.required("--time"))),
        touchpoint_(input_.columns("--touchpoint", given.required_list("--touchpoint"))),
        id_(input_.columns("--id", given.list("--id"))) {
    if (auto const end = given.text("--end-time")) end_ = input_.column("--end-time", *end);
    if (auto const promise = given.text("--promise"))
      promise_ = input_.column("--promise", *promise);
    table_.has_ends = end_.has_value();
  }

  contact_table load() && {
    while (input_.next())
      if (auto const why = take_row())
        input_.counts().reject(*why);
      else
        input_.counts().use();
    auto sorted = touchpoints_.sorted();
    for (auto& row : table_.rows) row.touchpoint = sorted.new_id[row.touchpoint];
    table_.touchpoints = std::move(sorted.texts);
    table_.counts = input_.counts();
    return std::move(table_);
  }

 private:
  std::size_t key_column(options const& given) {
    std::string const option = given.has("--case") ? "--case" : "--customer";
    return input_.column(option, given.required(option));
  }

  optional_time read_optional(std::optional<std::size_t> place) const {
    if (!place || input_.field(*place).empty()) return {};
    auto const time = input_.time(*place);
    return {time.has_value(), time};
  }

  /// The fields joined by `+` in `joined_`; false where all are empty.
  bool join(std::vector<std::size_t> const& places) {
    joined_.clear();
    bool filled = false;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i > 0) joined_ += '+';
      joined_ += input_.field(places[i]);
      filled = filled || !input_.field(places[i]).empty();
    }
    return filled;
  }

  /// An id of several columns is equal only if each of them is: lengths keep them apart.
  std::uint32_t read_id() {
    if (!join(id_)) return contact::no_id;
    if (id_.size() > 1)
      for (std::size_t const place : id_)
        joined_ += ' ' + std::to_string(input_.field(place).size());
    return ids_.id_of(joined_);
  }

  /// The current row as an event, or why it is none.
  std::optional<rejection> take_row() {
    auto const key = input_.field(customer_);
    if (key.empty()) return rejection::missing_key;
    auto const start = input_.time(time_);
    auto const end = read_optional(end_), promise = read_optional(promise_);
    if (!start || !end.valid || !promise.valid) return rejection::bad_time;
    auto const& over = end.time ? *end.time : *start;
    if (over.at < start->at) return rejection::end_before_start;
    if (!join(touchpoint_)) return rejection::missing_touchpoint;
    contact row{customers_.id_of(key), touchpoints_.id_of(joined_), start->at, over.at,
                date_of(over)};
    if (promise.time) {
      row.promised = promise.time->at;
      row.promised_date = date_of(*promise.time);
    }
    if (!id_.empty()) row.id = read_id();
    if (row.end > table_.latest) {
      table_.latest = row.end;
      table_.latest_date = row.end_date;
    }
    table_.rows.push_back(row);
    return std::nullopt;
  }

  input input_;
  std::size_t customer_, time_;
  std::vector<std::size_t> touchpoint_, id_;
  std::optional<std::size_t> end_, promise_;
  cxm::symbols customers_, touchpoints_, ids_;
  std::string joined_;
  contact_table table_;
};

boundary boundary_of(contact_table const& table, options const& given) {
  boundary cuts;
  if (auto const gap = given.duration("--gap")) cuts.add(silence(*gap));
  if (given.has("--start-on"))
    cuts.add(cxm::starting_with(touchpoints_named(table, given.list("--start-on"))));
  if (given.has("--end-on")) cuts.add(cxm::until(touchpoints_named(table, given.list("--end-on"))));
  return cuts;
}

}  // namespace

std::vector<std::string> contact_options() {
  auto names = input::known_options();
  for (char const* const name :
       {"--customer", "--case", "--time", "--end-time", "--touchpoint", "--id", "--gap",
        "--start-on", "--end-on", "--goal", "--promise", "--promise-by"})
    names.emplace_back(name);
  return names;
}

contact_table load_contacts(options const& given) {
  if (given.has("--case") && given.has("--customer"))
    throw usage_error("--case: excludes --customer");
  if (!given.has("--case") && !given.has("--customer"))
    throw usage_error("--customer: is needed, or --case");
  given.duration("--gap");  // what is wrong with it is said before a long file is read
  return loader(given).load();
}

std::vector<std::uint32_t> touchpoints_named(contact_table const& table,
                                             std::vector<std::string> const& names) {
  std::vector<std::uint32_t> found;
  for (auto const& name : names)
    if (auto const number = table.touchpoints.find(name)) found.push_back(*number);
  return found;
}

journeys reconstructed(contact_table const& table, options const& given) {
  auto const cuts = boundary_of(table, given);
  auto const once = cxm::once_per(&contact::event_id);
  if (given.has("--collapse-repeats"))
    return cxm::reconstruct(table.rows, contact_fields(), once, cxm::collapse_repeats{}, cuts);
  return cxm::reconstruct(table.rows, contact_fields(), once, cuts);
}

}  // namespace report

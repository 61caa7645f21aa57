// SPDX-License-Identifier: BSL-1.0
#include "contacts.hpp"

#include <cxm/journey/row_policies.hpp>

#include "lifecycle.hpp"

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
  loader(options const& given, std::string const& path, contact_table& table, party_names& names,
         cxm::symbols& touchpoints, cxm::symbols& ids)
      : input_(given, path),
        key_(column_of(given, names.keyed_by_case ? "--case" : "--customer")),
        table_(table),
        names_(names),
        touchpoints_(touchpoints),
        ids_(ids),
        time_(input_.column("--time", given.required("--time"))),
        touchpoint_(input_.columns("--touchpoint", given.required_list("--touchpoint"))),
        id_(input_.columns("--id", given.list("--id"))) {
    if (auto const end = given.text("--end-time")) end_ = input_.column("--end-time", *end);
    if (auto const promise = given.text("--promise"))
      promise_ = input_.column("--promise", *promise);
    std::string const other = names.keyed_by_case ? "--customer" : "--case";
    if (given.has(other)) partner_ = column_of(given, other);
    if (given.has("--department")) department_ = column_of(given, "--department");
    if (given.has("--channel")) channel_ = column_of(given, "--channel");
    if (given.has("--lifecycle")) lifecycle_ = column_of(given, "--lifecycle");
    table_.has_ends = end_ || lifecycle_;
  }

  void load() {
    while (input_.next())
      if (auto const why = take_row())
        input_.counts().reject(*why);
      else
        input_.counts().use();
    table_.counts.add(input_.counts());
  }

 private:
  std::size_t column_of(options const& given, std::string const& option) {
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
    auto const key = input_.field(key_);
    if (key.empty()) return rejection::missing_key;
    auto const start = input_.time(time_);
    auto const end = read_optional(end_), promise = read_optional(promise_);
    if (!start || !end.valid || !promise.valid) return rejection::bad_time;
    auto const& over = end.time ? *end.time : *start;
    if (over.at < start->at) return rejection::end_before_start;
    if (!join(touchpoint_)) return rejection::missing_touchpoint;
    contact row{names_.keys.id_of(key), touchpoints_.id_of(joined_), start->at, over.at,
                date_of(over)};
    if (promise.time) {
      row.promised = promise.time->at;
      row.promised_date = date_of(*promise.time);
    }
    if (!id_.empty()) row.id = read_id();
    if (partner_ && !input_.field(*partner_).empty())
      row.partner = names_.partners.id_of(input_.field(*partner_));
    if (department_) row.department = table_.departments.id_of(input_.field(*department_));
    if (channel_) row.channel = table_.channels.id_of(input_.field(*channel_));
    if (row.end > table_.latest) {
      table_.latest = row.end;
      table_.latest_date = row.end_date;
    }
    table_.rows.push_back(row);
    if (lifecycle_) table_.parts.push_back(part_named(input_.field(*lifecycle_)));
    return std::nullopt;
  }

  input input_;
  std::size_t key_;
  contact_table& table_;
  party_names& names_;
  cxm::symbols &touchpoints_, &ids_;
  std::size_t time_;
  std::vector<std::size_t> touchpoint_, id_;
  std::optional<std::size_t> end_, promise_, partner_, department_, channel_, lifecycle_;
  std::string joined_;
};

/// Several files are one log.
contact_table load_all(options const& given, std::vector<std::string> const& paths,
                       party_names& names) {
  given.duration("--gap");  // what is wrong with it is said before a long file is read
  contact_table table;
  cxm::symbols touchpoints, ids;
  for (auto const& path : paths) loader(given, path, table, names, touchpoints, ids).load();
  auto sorted = touchpoints.sorted(), owners = table.departments.sorted();
  for (auto& row : table.rows) {
    row.touchpoint = sorted.new_id[row.touchpoint];
    if (row.department != contact::no_id) row.department = owners.new_id[row.department];
  }
  table.touchpoints = std::move(sorted.texts);
  table.departments = std::move(owners.texts);
  if (given.has("--lifecycle")) fold_rows(table, names.keyed_by_case);
  return table;
}

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
        "--start-on", "--end-on", "--goal", "--promise", "--promise-by", "--lifecycle",
        "--department", "--channel", "--human"})
    names.emplace_back(name);
  return names;
}

contact_table load_contacts(options const& given) {
  if (given.has("--case") && given.has("--customer"))
    throw usage_error("--case: excludes --customer");
  if (!given.has("--case") && !given.has("--customer"))
    throw usage_error("--customer: is needed, or --case");
  party_names names;
  names.keyed_by_case = given.has("--case");
  return load_all(given, {given.required("--in")}, names);
}

contact_table load_contacts(options const& given, party_names& names) {
  if (!given.has("--case") && !given.has("--customer"))
    throw usage_error("--customer: is needed, or --case");
  bool const cut = given.has("--gap") || given.has("--start-on") || given.has("--end-on");
  names.keyed_by_case = given.has("--case") && !(cut && given.has("--customer"));
  return load_all(given, given.repeated("--events"), names);
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

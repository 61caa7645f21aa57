// SPDX-License-Identifier: BSL-1.0
#include "answers.hpp"

#include "input.hpp"

#include <utility>

namespace report {

namespace {

class loader {
 public:
  loader(options const& given, std::string const& path, party_names& names, answer_table& table,
         cxm::symbols& touchpoints)
      : input_(given, path, "--answers"),
        names_(names),
        table_(table),
        touchpoints_(touchpoints),
        missing_(given.list("--missing")),
        time_(input_.column("--time", given.required("--time"))),
        score_(input_.column("--score", given.required("--score"))) {
    if (auto const customer = given.text("--customer")) customer_ = input_.find(*customer);
    if (auto const order = given.text("--case")) order_ = input_.find(*order);
    if (!customer_ && !order_) {  // says which columns there are
      std::string const option = given.has("--customer") ? "--customer" : "--case";
      input_.column(option, given.required(option));
    }
    find_touchpoints(given);
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
  void find_touchpoints(options const& given) {
    if (given.has("--by")) {
      places_ = input_.columns("--by", given.list("--by"));
    } else {
      for (auto const& name : given.list("--touchpoint")) {
        auto const place = input_.find(name);
        if (!place) return places_.clear();
        places_.push_back(*place);
      }
    }
    table_.has_touchpoints = table_.has_touchpoints || !places_.empty();
  }
  static std::uint32_t id_in(cxm::symbols& names, std::string_view text) {
    return text.empty() ? contact::no_id : names.id_of(text);
  }
  std::optional<rejection> take_row() {
    auto const customer = customer_ ? input_.field(*customer_) : std::string_view();
    auto const order = order_ ? input_.field(*order_) : std::string_view();
    if (customer.empty() && order.empty()) return rejection::missing_key;
    auto const time = input_.time(time_);
    if (!time) return rejection::bad_time;
    answer row;
    row.customer = id_in(names_.keyed_by_case ? names_.partners : names_.keys, customer);
    row.order = id_in(names_.keyed_by_case ? names_.keys : names_.partners, order);
    row.time = time->at;
    row.day = date(time->date);
    row.score = answer_in(input_, score_, missing_);
    if (!places_.empty()) row.touchpoint = touchpoint();
    table_.rows.push_back(row);
    return std::nullopt;
  }
  std::uint32_t touchpoint() {
    std::string text;
    for (std::size_t i = 0; i < places_.size(); ++i)
      (i > 0 ? text += '+' : text) += input_.field(places_[i]);
    return touchpoints_.id_of(text);
  }

  input input_;
  party_names& names_;
  answer_table& table_;
  cxm::symbols& touchpoints_;
  std::vector<std::string> missing_;
  std::size_t time_, score_;
  std::optional<std::size_t> customer_, order_;
  std::vector<std::size_t> places_;
};

}  // namespace

std::vector<std::string> answer_options() {
  return {"--answers", "--score", "--scale",   "--metric",   "--good",
          "--bad",     "--by",    "--missing", "--interval", "--within"};
}

answer_table load_answers(options const& given, party_names& names) {
  answer_table table;
  cxm::symbols touchpoints;
  for (auto const& path : given.repeated("--answers"))
    loader(given, path, names, table, touchpoints).load();
  auto sorted = touchpoints.sorted();
  for (auto& row : table.rows)
    if (row.touchpoint != contact::no_id) row.touchpoint = sorted.new_id[row.touchpoint];
  table.touchpoints = std::move(sorted.texts);
  return table;
}

}  // namespace report

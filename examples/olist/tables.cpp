// SPDX-License-Identifier: BSL-1.0
#include "tables.hpp"

#include <cxm/io.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

namespace olist {
namespace {

using places = std::unordered_map<std::string, std::uint32_t>;

/// A CSV file with the columns that are asked for, and errors that say where.
class table_file {
 public:
  table_file(std::string path, std::vector<std::string> const& columns)
      : path_(std::move(path)), reader_(cxm::file_source(path_)) {
    for (auto const& missing : reader_.select(columns))
      throw std::runtime_error(path_ + ": no column " + missing);
  }
  bool next() { return reader_.next(); }
  std::string_view text(std::size_t column) const { return reader_.field(column); }

  std::optional<time> maybe_time(std::size_t column) const {
    if (text(column).empty()) return std::nullopt;
    auto const parsed = cxm::parse_time(text(column));
    if (!parsed) fail("not a time: ", column);
    return std::chrono::floor<std::chrono::seconds>(parsed->at);
  }
  time time_of(std::size_t column) const {
    auto const found = maybe_time(column);
    if (!found) fail("no time: ", column);
    return *found;
  }
  int number(std::size_t column) const {
    int value = 0;
    auto const field = text(column);
    auto const [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || end != field.data() + field.size()) fail("not a number: ", column);
    return value;
  }
  [[noreturn]] void fail(std::string const& what, std::size_t column) const {
    throw std::runtime_error(path_ + ": line " + std::to_string(reader_.line()) + ": " + what +
                             "'" + std::string(text(column)) + "'");
  }

 private:
  std::string path_;
  cxm::csv_reader<cxm::file_source> reader_;
};

places read_orders(std::string const& path, tables& found) {
  table_file file(path, {"order_id", "order_status", "order_estimated_delivery_date",
                         "order_purchase_timestamp", "order_approved_at",
                         "order_delivered_carrier_date", "order_delivered_customer_date"});
  places place_of;
  while (file.next()) {
    auto const order = static_cast<std::uint32_t>(found.orders.size());
    if (!place_of.emplace(file.text(0), order).second)
      file.fail("this order was there before: ", 0);
    found.orders.push_back({std::string(file.text(1)), file.time_of(3), file.time_of(2)});
    for (auto const what : {step::purchase, step::approved, step::carrier, step::delivered})
      if (auto const when = file.maybe_time(3 + static_cast<std::size_t>(what)))
        found.events.push_back({order, *when, what});
  }
  return place_of;
}

void read_reviews(std::string const& path, places const& place_of, tables& found) {
  table_file file(path, {"order_id", "review_score", "review_answer_timestamp"});
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::vector<std::size_t> latest(found.orders.size(), none);
  while (file.next()) {
    auto const order = place_of.find(std::string(file.text(0)));
    if (order == place_of.end()) file.fail("no such order: ", 0);
    found.reviews.push_back({order->second, file.number(1), file.time_of(2)});
    auto& last = latest[order->second];
    if (last == none || found.reviews[last].answered < found.reviews.back().answered)
      last = found.reviews.size() - 1;
  }
  for (auto const last : latest) {
    if (last == none) continue;
    auto& review = found.reviews[last];
    review.latest = true;
    found.events.push_back({review.order, review.answered, step::review});
  }
}

}  // namespace

tables read(std::string const& directory) {
  tables found;
  auto const place_of = read_orders(directory + "/olist_orders_dataset.csv", found);
  read_reviews(directory + "/olist_order_reviews_dataset.csv", place_of, found);
  return found;
}

}  // namespace olist

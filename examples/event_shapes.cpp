// SPDX-License-Identifier: BSL-1.0
// Events as others send them, and how their fields become cxm's: CloudEvents, the calls of Segment,
// XES and OCEL. Each struct is the application's own, with the names of its format; nothing is
// converted, only named.
#include <cxm/event.hpp>
#include <cxm/journey.hpp>
#include <cxm/stats.hpp>

#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;
using instant = std::chrono::sys_seconds;

namespace {

constexpr instant at(int hour, int minute) {
  return instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + hour * 1h +
                 minute * 1min);
}

std::string path_of(auto const& journey, auto const& name) {
  std::string text;
  for (auto const& contact : journey)
    text += (text.empty() ? "" : " > ") + std::string(contact.read(name));
  return text;
}
long minutes(auto time) {
  return std::chrono::duration_cast<std::chrono::minutes>(time).count();
}

// --- CloudEvents 1.0 ---------------------------------------------------------------------------
// `source` and `id` together name an event; the same pair twice is the same event sent again.
// `subject` is whom it is about; `subject` and `time` may be missing.
struct cloud_event {
  std::string id, source, type;
  std::optional<std::string> subject;
  std::optional<instant> time;
};

void cloud_events() {
  std::vector<cloud_event> const log = {
      {"1", "/shop", "order.placed", "ann", at(9, 0)},
      {"1", "/courier", "parcel.delivered", "ann", at(15, 30)},
      {"1", "/shop", "order.placed", "ann", at(9, 0)},  // sent again
      {"2", "/shop", "order.placed", "bob", at(10, 0)},
      {"3", "/shop", "stock.counted", {}, at(11, 0)}};
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&cloud_event::subject, &cloud_event::time, &cloud_event::type},
      cxm::once_per{&cloud_event::source, &cloud_event::id});
  fmt::print("CloudEvents: {} journeys, {} sent again, {} about nobody\n", journeys.size(),
             journeys.left_out().duplicates, journeys.left_out().missing_customer);
  for (auto const& one : journeys)
    fmt::print("  {}: {}\n", one.customer(), path_of(one, cxm::at_touchpoint));
}

// --- Segment -----------------------------------------------------------------------------------
// A person has a `userId` once known, an `anonymousId` before. `timestamp` is when it happened,
// `receivedAt` when it arrived; a click is often sent twice under two ids.
struct segment_call {
  std::string message_id, event;
  std::optional<std::string> user_id;
  std::string anonymous_id;
  instant timestamp, received_at;
};

void segment_calls() {
  std::vector<segment_call> const log = {
      {"m1", "Product Viewed", {}, "device-7", at(8, 0), at(8, 1)},
      {"m2", "Checkout Started", "ann", "device-7", at(8, 5), at(8, 5)},
      {"m3", "Checkout Started", "ann", "device-7", at(8, 5) + 1s, at(8, 5) + 1s},  // two clicks
      {"m4", "Order Completed", "ann", "device-7", at(8, 9), at(8, 40)},
      {"m4", "Order Completed", "ann", "device-7", at(8, 9), at(8, 10)}};
  auto const person = [](segment_call const& call) -> std::string const& {
    return call.user_id ? *call.user_id : call.anonymous_id;
  };
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{person, &segment_call::timestamp, &segment_call::event},
      cxm::once_per{&segment_call::message_id}, cxm::keep_first{&segment_call::received_at},
      cxm::near_duplicates{2s});
  fmt::print("Segment: {} events, {} sent again, {} near duplicates\n", journeys.events(),
             journeys.left_out().duplicates, journeys.left_out().near_duplicates);
  for (auto const& one : journeys)
    fmt::print("  {}: {}\n", one.customer(), path_of(one, &segment_call::event));
}

// --- XES (IEEE 1849) ---------------------------------------------------------------------------
// An event belongs to one trace. `lifecycle:transition` says whether it starts or completes an
// activity, `concept:instance` which of several at a time.
struct xes_event {
  std::string trace;                    // concept:name of the trace
  std::string name;                     // concept:name
  instant timestamp;                    // time:timestamp
  std::string transition;               // lifecycle:transition
  std::optional<std::string> group;     // org:group
  std::optional<std::string> instance;  // concept:instance
};

void xes() {
  std::vector<xes_event> const log = {{"loan 7", "call", at(9, 0), "start", "sales", {}},
                                      {"loan 7", "call", at(9, 20), "complete", "sales", {}},
                                      {"loan 7", "check", at(9, 30), "schedule", {}, {}},
                                      {"loan 7", "check", at(10, 0), "start", "risk", "a"},
                                      {"loan 7", "check", at(10, 5), "start", "risk", "b"},
                                      {"loan 7", "check", at(10, 15), "complete", "risk", "b"},
                                      {"loan 7", "check", at(10, 40), "complete", "risk", "a"},
                                      {"loan 7", "visit", at(11, 0), "start", "field", {}}};
  auto const transition = [](xes_event const& event) {
    return cxm::lifecycle_of(event.transition);
  };
  auto const whole = cxm::fold_lifecycle(
      log, cxm::touchpoint_fields{&xes_event::trace, &xes_event::timestamp, &xes_event::name},
      transition, cxm::per_instance{&xes_event::instance});
  auto const journeys = cxm::reconstruct(
      whole, cxm::touchpoint_fields{&xes_event::trace, &xes_event::timestamp, &xes_event::name,
                                    cxm::ends_at{cxm::folded_end}});
  auto const& counts = whole.counts();
  fmt::print("XES: {} rows, {} contacts with an end, {} open, {} instants\n", log.size(),
             counts.whole, counts.open, counts.points);
  auto const ledger = cxm::measure(journeys, cxm::time_ledger(&xes_event::group)).result();
  for (auto const& [group, times] : ledger.departments)
    if (group && times.functional.sum)
      fmt::print("  {}: {} minutes\n", *group, minutes(*times.functional.sum));
}

// --- OCEL 2.0 ----------------------------------------------------------------------------------
// An event refers to many objects, each with a type and a qualifier: here one customer, and the
// orders that it is about. An event of two orders goes into the journeys of both, and brings half
// of its cost into each.
struct ocel_relation {
  std::string type, id;
};
struct ocel_event {
  std::string id, type;
  instant time;
  std::vector<ocel_relation> objects;
  std::optional<int> cost;  // an attribute, in cents
};

void ocel() {
  std::vector<ocel_event> const log = {
      {"e1", "place order", at(9, 0), {{"customer", "ann"}, {"order", "o1"}}, {}},
      {"e2", "place order", at(9, 30), {{"customer", "ann"}, {"order", "o2"}}, {}},
      {"e3",
       "send parcel",
       at(12, 0),
       {{"customer", "ann"}, {"order", "o1"}, {"order", "o2"}},
       700},
      {"e4", "send invoice", at(13, 0), {{"customer", "ann"}, {"order", "o2"}}, 90}};
  auto const customer = [](ocel_event const& event) {
    std::optional<std::string_view> found;
    for (auto const& one : event.objects)
      if (one.type == "customer") found = one.id;
    return found;
  };
  auto const orders = [](ocel_event const& event) {
    std::vector<std::string_view> found;
    for (auto const& one : event.objects)
      if (one.type == "order") found.push_back(one.id);
    return found;
  };
  auto const cases = cxm::cases_of(
      log, cxm::touchpoint_fields{customer, &ocel_event::time, &ocel_event::type}, orders);
  auto const journeys = cxm::reconstruct(
      cases, cxm::touchpoint_fields{cxm::case_key, &ocel_event::time, &ocel_event::type});
  auto const cost = cxm::each_contact(
      cxm::on(cxm::split{&ocel_event::cost, cxm::shared_by}, cxm::exact_moments()));
  fmt::print("OCEL: {} events in {} journeys\n", log.size(), journeys.size());
  for (auto const& one : journeys) {
    auto spent = cxm::bind<std::remove_cvref_t<decltype(one)>>(cost);
    spent.add(one);
    auto const found = spent.result();
    fmt::print("  {} {}: {}, {:.0f} cents\n", one.customer().first, *one.customer().second,
               path_of(one, &ocel_event::type), static_cast<double>(found.n) * *found.mean);
  }
}

}  // namespace

int main() {
  cloud_events();
  segment_calls();
  xes();
  ocel();
}

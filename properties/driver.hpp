// SPDX-License-Identifier: BSL-1.0
// From an adapter to a Subject: the one template that carries out Operations on a concrete bimap.
//
// An adapter is a struct that names the operations a map has, under the vocabulary's names; what is absent is
// not generated. docs/your-bimap.md has all that it may say, and demands.hpp all that it must.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "properties/adapter.hpp"
#include "properties/caller.hpp"
#include "properties/demands.hpp"
#include "properties/listening.hpp"
#include "properties/results.hpp"
#include "properties/subject.hpp"
#include "properties/tracked.hpp"

namespace bimap::properties {

namespace driving {

/// Memory for one map that may be neither copyable nor movable.
template <class Map>
class Place {
  public:
    Place() = default;
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { destroy(); }

    template <class Maker>
    void construct(Maker&& make) {
        ::new (static_cast<void*>(memory_)) Map(std::forward<Maker>(make)());
        alive_ = true;
    }
    void destroy() {
        if (std::exchange(alive_, false)) listened([&] { std::destroy_at(&map()); });
    }
    [[nodiscard]] bool alive() const { return alive_; }
    Map& map() { return *std::launder(reinterpret_cast<Map*>(memory_)); }

  private:
    alignas(Map) std::byte memory_[sizeof(Map)];
    bool alive_ = false;
};

template <class T>
std::vector<T> every_element() {
    std::vector<T> all;
    all.reserve(number_limit);
    for (Number number = 0; number < number_limit; ++number) all.push_back(Element<T>::make(number));
    return all;
}

/// A Session on one concrete bimap.
template <class Adapter>
class DrivenSession final : public Session {
    using Map = typename Adapter::Map;
    using L = LeftOf<Adapter>;
    using R = RightOf<Adapter>;
    using Direct = Caller<Adapter, Map, L, R>;
    template <Side side>
    using FlankOn = typename Direct::template FlankOn<side>;
    template <Side side>
    using Key = typename FlankOn<side>::Key;

    // As the standard's containers do, a map may claim to be copyable whatever its elements are.
    static constexpr bool elements_copy = std::copy_constructible<L> && std::copy_constructible<R>;
    static constexpr bool has_inverse = requires(Adapter& a, Map& m) { a.inverse(m); };

    static auto inverse_of(Adapter& adapter, Map& map) {
        if constexpr (has_inverse)
            return adapter.inverse(map);
        else
            return 0;
    }
    using InverseFace = decltype(inverse_of(std::declval<Adapter&>(), std::declval<Map&>()));
    using Inverse = Caller<Adapter, InverseFace, R, L>;

  public:
    explicit DrivenSession(Adapter adapter) : adapter_{std::move(adapter)} {}
    ~DrivenSession() override { reset_all(); }

    void reset() override { reset_all(); }
    [[nodiscard]] bool has_elements_for(Number number) const override {
        return Element<L>::number(Element<L>::make(number)) == number &&
               Element<R>::number(Element<R>::make(number)) == number;
    }
    [[nodiscard]] std::string element(Side side, Number number) const override {
        return side == Side::left ? literal(Element<L>::make(number)) : literal(Element<R>::make(number));
    }
    [[nodiscard]] bool alive(Register which) const override {
        return places_[where_[index_of(which)]].alive();
    }

    Answer apply(const Operation& operation) override {
        Answer answer;
        try {
            revive(operation.target);
            if (shape_of(operation.verb).takes_register) revive(operation.source);
            call(operation, answer);
        } catch (const std::exception& error) {
            read_exception(error, answer);
        } catch (...) {
            answer.ending = Answer::Ending::threw;
            answer.what = "something that is no std::exception";
        }
        if (answer.pairs) std::sort(answer.pairs->begin(), answer.pairs->end());
        return answer;
    }

    void destroy(Register which) override {
        kept_[index_of(which)].clear();
        places_[where_[index_of(which)]].destroy();
    }

    void count_seen(std::vector<std::size_t>& by_maker) override {
        if constexpr (is_counted<L> && is_counted<R> && FlankOn<Side::left>::offers_walk())
            for (auto& place : places_)
                if (place.alive())
                    flank<Side::left>(place.map()).walk([&](const L& l, const R& r) {
                        for (const Maker maker : {l.maker(), r.maker()})
                            if (maker < by_maker.size()) ++by_maker[maker];  // or an earlier program's
                    });
    }

    void look(Register which, Number alphabet, Look& look) override {
        direct(map_in(which)).look(alphabet, false, look.turned, look.direct);
    }

    void look_closely(Register which, Number alphabet, Look& look) override {
        Map& map = map_in(which);
        if constexpr (has_inverse) {
            if (!look.inverse) look.inverse.emplace();  // once: what it holds is used again
            auto face = listened([&] { return inverse_of(adapter_, map); });
            inverse(face).look(alphabet, true, look.turned, *look.inverse);
        }
        look.violated_invariant = violated_invariant(map);
        look_for_contradictions(map, look);
    }

    void keep_iterators(Register which) override {
        auto& kept = kept_[index_of(which)];
        kept.clear();
        const auto keep = [&]<Side side>() {
            if constexpr (FlankOn<side>::offers_iterators())
                kept.emplace_back(flank<side>(map_in(which)).keep_iterators());
        };
        keep.template operator()<Side::left>();
        keep.template operator()<Side::right>();
    }

    std::optional<Stray> find_stray(Register which, const Stayed& stayed, bool closely) override {
        for (const auto& find : kept_[index_of(which)])
            if (auto stray = find(stayed, closely)) return stray;
        return std::nullopt;
    }

    static Offer offer() {
        Offer offer;
        for_each_call([&]<Verb verb, Side side>() {
            if constexpr (Direct::template offers<verb, side>() || offers_whole<verb, side>())
                offer.add(verb, side, false);
            if constexpr (has_inverse && may_invert(verb))
                if constexpr (Inverse::template offers<verb, side>()) offer.add(verb, side, true);
        });
        return offer;
    }

  private:
    const char* violated_invariant([[maybe_unused]] Map& map) {
        if constexpr (requires { adapter_.violated_invariant(map); })
            return listened([&] { return adapter_.violated_invariant(map); });
        else
            return nullptr;
    }

    void look_for_contradictions(Map& map, Look& look) {
        look.contradiction =
            holds_twins(map) ? "one element seen from the left, and an equal one from the right" : nullptr;
        look.contradicted_on.reset();
        look_for_contradictions_on<Side::left>(map, look);
        look_for_contradictions_on<Side::right>(map, look);
    }
    template <Side side>
    void look_for_contradictions_on(Map& map, Look& look) {
        if (look.contradiction != nullptr) return;
        look.contradiction = flank<side>(map).contradiction();
        if (look.contradiction != nullptr) look.contradicted_on = side;
    }

    /// Whether the two sides show equal elements that are not the same ones.
    bool holds_twins(Map& map) {
        if constexpr (requires(const L& l, const R& r) { l.serial(), r.serial(); } &&
                      FlankOn<Side::left>::offers_walk() && FlankOn<Side::right>::offers_walk()) {
            std::vector<std::pair<std::uint64_t, std::uint64_t>> from_left;
            auto from_right = from_left;
            flank<Side::left>(map).walk(
                [&](const L& l, const R& r) { from_left.emplace_back(l.serial(), r.serial()); });
            flank<Side::right>(map).walk(
                [&](const R& r, const L& l) { from_right.emplace_back(l.serial(), r.serial()); });
            std::ranges::sort(from_left);
            std::ranges::sort(from_right);
            return from_left != from_right;
        } else {
            return false;
        }
    }

    /// Calls f<verb, side>() for every verb and side that the vocabulary has.
    template <class F>
    static constexpr void for_each_call(F&& f) {
        [&]<std::size_t... verb>(std::index_sequence<verb...>) {
            (for_each_side<static_cast<Verb>(verb)>(f), ...);
        }(std::make_index_sequence<verb_count>{});
    }
    template <Verb verb, class F>
    static constexpr void for_each_side(F& f) {
        f.template operator()<verb, Side::left>();
        if constexpr (shape_of(verb).sided) f.template operator()<verb, Side::right>();
    }

    /// Whether there is a verb that takes or makes whole maps.
    template <Verb verb, Side side>
    static constexpr bool offers_whole() {
        if constexpr (verb == Verb::empty)
            return true;
        else if constexpr (verb == Verb::copy)
            return elements_copy && std::copy_constructible<Map>;
        else if constexpr (verb == Verb::move)
            return std::move_constructible<Map>;
        else if constexpr (verb == Verb::filter)
            return requires(Adapter& a, const Map& m) {
                a.filter(m, [](const L&, const R&) { return true; });
            };
        else if constexpr (verb == Verb::copy_assign)
            return elements_copy && std::is_copy_assignable_v<Map>;
        else if constexpr (verb == Verb::move_assign)
            return std::is_move_assignable_v<Map>;
        else if constexpr (verb == Verb::swap)
            return std::swappable<Map> || requires(Map& m) { m.swap(m); };
        else if constexpr (verb == Verb::insert_all)
            return requires(Adapter& a, Map& m, const Map& from) { a.insert_all(m, from); };
        else if constexpr (verb == Verb::force_all)
            return requires(Adapter& a, Map& m, const Map& from, const Sink<L, R>& sink) {
                a.force_all(m, from, sink);
            };
        else if constexpr (verb == Verb::merge)
            return requires(Adapter& a, Map& m) { a.merge(m, m); };
        else if constexpr (verb == Verb::take)
            return has_take<side, Adapter, Map&, Map&, const Key<side>&>();
        else if constexpr (verb == Verb::equals)
            return requires(Adapter& a, const Map& m) { a.equal(m, m); };
        else
            return false;
    }

    Map make() {
        if constexpr (requires { adapter_.make(); })
            return adapter_.make();
        else
            return Map();
    }

    Direct direct(Map& map) { return {adapter_, map, lefts_, rights_}; }
    template <Side side>
    FlankOn<side> flank(Map& map) {
        return {adapter_, map};
    }
    Inverse inverse(InverseFace& face)
        requires has_inverse
    {
        return {adapter_, face, rights_, lefts_};
    }

    Map& map_in(Register which) { return places_[where_[index_of(which)]].map(); }

    void revive(Register which) {
        auto& place = places_[where_[index_of(which)]];
        if (!place.alive()) listened([&] { place.construct([&] { return make(); }); });
    }

    void reset_all() {
        for (auto& kept : kept_) kept.clear();
        for (auto& place : places_) place.destroy();
    }

    void call(const Operation& operation, Answer& answer) {
        using Call = void (DrivenSession::*)(const Operation&, Answer&);
        static constexpr auto calls = [] {
            std::array<std::array<Call, 2>, verb_count> all{};
            for_each_call([&]<Verb verb, Side side>() {
                all[static_cast<std::size_t>(verb)][index_of(side)] = &DrivenSession::call_one<verb, side>;
            });
            return all;
        }();
        const Call found =
            calls[static_cast<std::size_t>(operation.verb)][static_cast<std::size_t>(operation.side)];
        if (found != nullptr) (this->*found)(operation, answer);
    }

    template <Verb verb, Side side>
    void call_one(const Operation& operation, Answer& answer) {
        if constexpr (offers_whole<verb, side>())
            call_whole<verb, side>(operation, answer);
        else if (!operation.inverse)
            call_direct<verb, side>(operation, answer);
        else
            call_inverse<verb, side>(operation, answer);
    }

    template <Verb verb, Side side>
    void call_direct(const Operation& operation, Answer& answer) {
        if constexpr (Direct::template offers<verb, side>())
            direct(map_in(operation.target)).template call<verb, side>(operation, answer);
    }

    template <Verb verb, Side side>
    void call_inverse(const Operation& operation, Answer& answer) {
        if constexpr (has_inverse && may_invert(verb))
            if constexpr (Inverse::template offers<verb, side>()) {
                auto face = listened([&] { return inverse_of(adapter_, map_in(operation.target)); });
                inverse(face).template call<verb, side>(operation, answer);
            }
    }

    template <Verb verb, Side side>
    void call_whole(const Operation& operation, Answer& answer) {
        [[maybe_unused]] Map& target = map_in(operation.target);
        [[maybe_unused]] Map& source = map_in(operation.source);
        if constexpr (verb == Verb::empty)
            construct(operation, [&] { return make(); });
        else if constexpr (verb == Verb::copy)
            construct(operation, [&]() -> const Map& { return source; });
        else if constexpr (verb == Verb::move)
            construct(operation, [&]() -> Map&& { return std::move(source); });
        else if constexpr (verb == Verb::filter)
            construct(operation, [&] {
                return adapter_.filter(std::as_const(source), Direct::template predicate<side>(operation));
            });
        else if constexpr (verb == Verb::copy_assign)
            tested(operation, [&] { target = std::as_const(source); });
        else if constexpr (verb == Verb::move_assign)
            tested(operation, [&] { target = std::move(source); });
        else if constexpr (verb == Verb::swap)
            tested(operation, [&] { swap(operation, target, source); });
        else if constexpr (verb == Verb::insert_all)
            read_count(tested(operation, [&] { return adapter_.insert_all(target, std::as_const(source)); }),
                       answer);
        else if constexpr (verb == Verb::force_all)
            force_all(operation, target, source, answer);
        else if constexpr (verb == Verb::merge)
            read_value(tested(operation, [&] { return adapter_.merge(target, source); }), answer);
        else if constexpr (verb == Verb::take)
            take_key<side>(operation, target, source, answer);
        else if constexpr (verb == Verb::equals)
            read_value(tested(operation,
                              [&] {
                                  return static_cast<bool>(
                                      adapter_.equal(std::as_const(target), std::as_const(source)));
                              }),
                       answer);
    }

    /// Where there is both a member and a function, a later register goes by the function, which may be the
    /// standard's; but not with a fault, for that one may promise less.
    static void swap(const Operation& operation, Map& target, Map& source) {
        constexpr bool has_member = requires { target.swap(source); };
        if constexpr (has_member && std::swappable<Map>) {
            if (operation.target > operation.source && !is_faulted(operation))
                std::ranges::swap(target, source);
            else
                target.swap(source);
        } else if constexpr (has_member) {
            target.swap(source);
        } else {
            std::ranges::swap(target, source);
        }
    }

    void force_all(const Operation& operation, Map& target, const Map& source, Answer& answer) {
        const Sink<L, R> sink{answer};
        tested(operation, [&] { adapter_.force_all(target, source, sink); });
    }

    template <Side side>
    void take_key(const Operation& operation, Map& target, Map& source, Answer& answer) {
        Direct from = direct(source);
        const Key<side>& key = from.template as_passed<side>(
            operation.passing[0], from.template keys<side>()[operation.numbers[0]]);
        const auto result = tested(operation, [&] { return call_take<side>(adapter_, target, source, key); });
        read_insertion(flank<side>(target), result, answer);
    }

    /// Constructs in the spare place, which then becomes the register's; the old map is destroyed last.
    template <class Maker>
    void construct(const Operation& operation, Maker&& make) {
        auto& where = where_[index_of(operation.target)];
        tested(operation, [&] { places_[spare_].construct(std::forward<Maker>(make)); });
        std::swap(where, spare_);
        kept_[index_of(operation.target)].clear();
        places_[spare_].destroy();
    }

    static void read_exception(const std::exception& error, Answer& answer) {
        answer.what = error.what();
        if (is_injected(error))
            answer.ending = Answer::Ending::faulted;
        else if (dynamic_cast<const std::out_of_range*>(&error) != nullptr)
            answer.ending = Answer::Ending::absent;
        else
            answer.ending = Answer::Ending::threw;
    }

    Adapter adapter_;
    const std::vector<L> lefts_ = every_element<L>();
    const std::vector<R> rights_ = every_element<R>();
    std::array<Place<Map>, register_count + 1> places_;
    std::array<std::size_t, register_count> where_{0, 1, 2};
    std::size_t spare_ = register_count;
    std::array<std::vector<std::function<std::optional<Stray>(const Stayed&, bool)>>, register_count> kept_;
};
}  // namespace driving

constexpr unsigned bit_of(Fault::Kind kind) { return 1U << static_cast<unsigned>(kind); }

/// The faults that calls can meet, whatever the elements are.
inline unsigned faults_of_calls(const Offer& offer) {
    const auto offers = [&](Verb verb) { return offer.contains(verb, Side::left, false); };
    const bool asks = offers(Verb::erase_if) || offers(Verb::retain) || offers(Verb::filter);
    return bit_of(Fault::Kind::alloc) | bit_of(Fault::Kind::memory) |
           (asks ? bit_of(Fault::Kind::predicate) : 0U);
}

/// The faults that elements of this type can meet.
template <class T>
constexpr unsigned faults_of() {
    if constexpr (driving::is_counted<T>)
        return bit_of(Fault::Kind::hash) | bit_of(Fault::Kind::compare) | bit_of(Fault::Kind::everything) |
               (T::copyable ? bit_of(Fault::Kind::copy) : 0U) |
               (T::nothrow_move ? 0U : bit_of(Fault::Kind::move));
    else
        return 0;
}

/// Makes a Subject of an adapter. Its elements may be of any type that Element can make and read.
template <class Adapter>
Subject make_subject(const std::string& name, const std::string& story, Adapter adapter = {}) {
    using Driven = driving::DrivenSession<Adapter>;
    using Left = driving::LeftOf<Adapter>;
    using Right = driving::RightOf<Adapter>;
    Subject subject{.name = name, .story = story, .offer = Driven::offer(), .promises = {}, .open = {}};
    Promises& promises = subject.promises;
    if constexpr (requires { adapter.promises(); }) promises = adapter.promises();
    if constexpr (requires { Adapter::elements_per_pair; })
        promises.elements_per_pair = Adapter::elements_per_pair;
    promises.elements_counted = driving::is_counted<Left> && driving::is_counted<Right>;
    promises.faults &= faults_of_calls(subject.offer) | faults_of<Left>() | faults_of<Right>();
    if (promises.exceptions == Guarantee::none) promises.faults.reset();
    subject.misfits = driving::Demands<Adapter>::misfits();
    subject.open = [adapter = std::move(adapter)] { return std::make_unique<Driven>(adapter); };
    return subject;
}

}  // namespace bimap::properties

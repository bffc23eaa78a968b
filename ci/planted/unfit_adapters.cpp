// SPDX-License-Identifier: BSL-1.0
// Must not compile: each of these adapters lacks something, and the compiler has to say what, in words.
#include <map>
#include <string>

#include "properties/driver.hpp"

namespace {

struct Adapter {
    using Map = std::map<int, int>;
    using Left = int;
    using Right = int;
};
struct Adds {
    static bool insert(Adapter::Map& map, int left, int right) { return map.emplace(left, right).second; }
};
struct Finds {
    static const int* find_left(const Adapter::Map& map, int left) {
        const auto found = map.find(left);
        return found == map.end() ? nullptr : &found->second;
    }
};

struct AddsNothing : Adapter, Finds {};
struct FindsNothing : Adapter, Adds {};
struct AddsOtherwise : Adapter, Finds {
    static void force(Map& map, std::pair<int, int> pair) { map.insert(pair); }
};
struct ErasesOtherwise : Adapter, Adds, Finds {
    static void erase_left(Map& map, Map::iterator position) { map.erase(position); }
};
struct ShowsNoEnd : Adapter, Adds {
    static auto find_left(Map& map, int left) { return map.find(left); }
};
struct CannotBeMade : Adapter, Adds, Finds {
    class Map : public std::map<int, int> {
      public:
        explicit Map(int size);
    };
};
struct SaysNoTypes : Adds, Finds {
    using Map = std::map<int, int>;
};

struct WalksMirrored {
    using Map = std::map<int, std::string>;
    using Left = int;
    using Right = std::string;
    static bool insert(Map& map, int left, const std::string& right) { return map.emplace(left, right).second; }
    static const std::string* find_left(const Map& map, int left) {
        const auto found = map.find(left);
        return found == map.end() ? nullptr : &found->second;
    }
    static void for_each_right(const Map& map, auto visit) {
        for (const auto& [left, right] : map) visit(left, right);
    }
};

template <class Unfit>
const bimap::properties::Subject subject = bimap::properties::make_subject<Unfit>("unfit", "");

}  // namespace

int main() {
    std::size_t all = subject<AddsNothing>.name.size() + subject<FindsNothing>.name.size();
    all += subject<AddsOtherwise>.name.size() + subject<ErasesOtherwise>.name.size();
    all += subject<ShowsNoEnd>.name.size() + subject<CannotBeMade>.name.size();
    all += subject<SaysNoTypes>.name.size() + subject<WalksMirrored>.name.size();
    return static_cast<int>(all);
}

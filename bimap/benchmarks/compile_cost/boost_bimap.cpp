// SPDX-License-Identifier: BSL-1.0
// What compiling Boost.Bimap costs: the header, and one map that is used, hashed on both sides as ours is.
#include <boost/bimap.hpp>
#include <boost/bimap/unordered_set_of.hpp>
#include <string>

int main() {
    using boost::bimaps::unordered_set_of;
    using Map = boost::bimaps::bimap<unordered_set_of<std::string>, unordered_set_of<int>>;
    Map map;
    map.insert(Map::value_type("one", 1));
    map.insert(Map::value_type("two", 2));
    map.left.erase("one");
    return map.right.find(2)->second == "two" ? 0 : 1;
}

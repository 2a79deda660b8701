extension Array<Int> {
  /// The places of the longest list of elements, in their order, that rises; in time that hardly grows faster than the count.
  package var longestRisingPlaces: [Int] {
    // The last place of the best list of each length, and what came before each place.
    var ends: [Int] = []
    var before = [Int?](repeating: nil, count: count)
    for (place, number) in enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if self[ends[middle]] < number { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[place] = ends[low - 1] }
      if low == ends.count { ends.append(place) } else { ends[low] = place }
    }
    var places: [Int] = []
    var next = ends.last
    while let place = next {
      places.append(place)
      next = before[place]
    }
    return places.reversed()
  }
}

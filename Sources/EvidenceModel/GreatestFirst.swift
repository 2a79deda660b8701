/// Numbers of which the greatest is at hand: a binary heap.
struct GreatestFirst {
  private var numbers: [Int] = []

  var greatest: Int? { numbers.first }

  mutating func insert(_ number: Int) {
    numbers.append(number)
    var place = numbers.count - 1
    while place > 0, numbers[(place - 1) / 2] < numbers[place] {
      numbers.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func removeGreatest() {
    guard let last = numbers.popLast(), !numbers.isEmpty else { return }
    numbers[0] = last
    var place = 0
    while true {
      let left = 2 * place + 1
      guard left < numbers.count else { return }
      let child = left + 1 < numbers.count && numbers[left + 1] > numbers[left] ? left + 1 : left
      guard numbers[child] > numbers[place] else { return }
      numbers.swapAt(place, child)
      place = child
    }
  }
}

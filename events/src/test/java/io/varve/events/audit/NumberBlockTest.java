package io.varve.events.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NumberBlockTest {

  @Property
  void aBlockIsReadAsItWasWritten(
      @ForAll @Size(max = 1024) Set<@IntRange(max = 1023) Integer> offsets,
      @ForAll @IntRange(max = 5_000) int block) {
    NumberBlock written = block(offsets, block);
    NumberBlock read = NumberBlock.decode(written.encoded());
    assertThat(numbers(read, block)).containsExactlyElementsOf(expected(offsets, block));
    assertThat(read.count()).isEqualTo(offsets.size());
    assertThat(read.encoded())
        .isEqualTo(written.encoded())
        .hasSize(Math.min(2 * offsets.size(), 128));
  }

  @Property
  void blocksAreJoinedAndIntersected(
      @ForAll Set<@IntRange(max = 1023) Integer> some,
      @ForAll Set<@IntRange(max = 1023) Integer> others) {
    NumberBlock both = block(some, 0);
    both.retainAll(block(others, 0));
    var common = new TreeSet<>(some);
    common.retainAll(others);
    assertThat(numbers(both, 0)).containsExactlyElementsOf(expected(common, 0));
    NumberBlock either = block(some, 0);
    either.addAll(block(others, 0));
    var all = new TreeSet<>(some);
    all.addAll(others);
    assertThat(numbers(either, 0)).containsExactlyElementsOf(expected(all, 0));
  }

  @Property
  void numbersAreThoseFromTheFirstUpToButNotWithTheLast(
      @ForAll Set<@IntRange(max = 1023) Integer> offsets,
      @ForAll @IntRange(min = 2_000, max = 4_000) int from,
      @ForAll @IntRange(min = 2_000, max = 4_000) int to) {
    assertThat(block(offsets, 2).numbers(2, from, to).boxed())
        .containsExactlyElementsOf(
            expected(offsets, 2).stream().filter(n -> n >= from && n < to).toList());
  }

  @Test
  void whatIsNoBlockIsRefused() {
    for (int length : new int[] {1, 127, 129, 130, 4096}) {
      assertThatThrownBy(() -> NumberBlock.decode(new byte[length]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static NumberBlock block(Set<Integer> offsets, int block) {
    NumberBlock made = NumberBlock.empty();
    offsets.forEach(offset -> made.add(block * 1024L + offset));
    return made;
  }

  private static Iterable<Long> numbers(NumberBlock of, int block) {
    return of.numbers(block, 0, Long.MAX_VALUE).boxed().toList();
  }

  private static Set<Long> expected(Set<Integer> offsets, int block) {
    var numbers = new TreeSet<Long>();
    offsets.forEach(offset -> numbers.add(block * 1024L + offset));
    return numbers;
  }
}

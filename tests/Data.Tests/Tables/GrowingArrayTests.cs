using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Files;

namespace MarginalConditional.Data.Tests.Tables;

/// <summary>Values in blocks, against a list.</summary>
public sealed class GrowingArrayTests
{
    private static readonly int[] Counts = [0, 1, 7, 1_023, 1_024, 1_025, 5_000, 65_536, 70_000];

    [Fact]
    public void All_ways_to_append_give_the_values_in_their_order() => Prop.ForAll(
        Arb.From(
            from reserved in Gen.Elements(Counts)
            from steps in Gen.Zip(Gen.Choose(0, 2), Gen.Elements(Counts)).ListOf()
            from partly in Gen.Elements(Counts)
            select (reserved, Steps: steps.ToArray(), partly)),
        at =>
        {
            var values = new GrowingArray<int>();
            var expected = new List<int>();
            if (at.reserved > 0)
            {
                values.Reserve(at.reserved);
            }

            foreach (var (way, count) in at.Steps)
            {
                var some = Enumerable.Range(expected.Count, count).ToArray();
                Append(values, way, some, at.partly);
                expected.AddRange(some);
            }

            Assert.Equal(expected.Count, values.Count);
            Assert.Equal(expected, values.ToArray());
            Assert.Equal(0, values.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(6));

    [Fact]
    public void What_was_reserved_and_filled_is_not_copied()
    {
        var values = new GrowingArray<int>();
        values.Reserve(3);
        var room = values.Room();
        values.Add(1);
        values.Add(2);
        values.Add(3);
        var array = values.ToArray();
        room[1] = 7;
        Assert.Equal([1, 7, 3], array);
    }

    [Fact]
    public void Parts_have_their_values_in_order_whatever_each_was_expected_to_have() => Prop.ForAll(
        Arb.From(
            from own in Gen.Choose(0, 5)
            from parts in Gen.Zip(Gen.Choose(0, 5), Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Choose(-3, 3)))).ListOf()
            from spare in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(-4, 4)))
            select (own, Parts: parts.ToArray(), spare)),
        at =>
        {
            var values = new GrowingArray<int>();
            values.Reserve(Math.Max(0, at.own + at.Parts.Sum(part => part.Item1) + at.spare));
            var expected = Enumerable.Range(0, at.own).ToList();
            expected.ForEach(values.Add);
            var (parts, from) = (new List<GrowingArray<int>>(), at.own);
            foreach (var (announced, more) in at.Parts)
            {
                var part = values.Part(from, announced);
                foreach (var value in Enumerable.Range(expected.Count, Math.Max(0, announced + more)))
                {
                    part.Add(value);
                    expected.Add(value);
                }

                parts.Add(part);
                from += announced;
            }

            parts.ForEach(values.Append);
            Assert.Equal(expected, values.ToArray());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(8));

    [Fact]
    public void Parts_that_fill_what_was_reserved_are_not_copied()
    {
        var values = new GrowingArray<int>();
        values.Reserve(4);
        values.Add(1);
        var (second, third) = (values.Part(1, 2), values.Part(3, 1));
        third.Add(4);
        var room = second.Room();
        Assert.Equal(2, room.Length);
        second.Add(2);
        second.Add(3);
        values.Append(second);
        values.Append(third);
        var array = values.ToArray();
        Assert.Equal([1, 2, 3, 4], array);
        room[0] = 7;
        Assert.Equal(7, array[1]);
    }

    private static void Append(GrowingArray<int> values, int way, int[] some, int partly)
    {
        switch (way)
        {
            case 0:
                Array.ForEach(some, values.Add);
                break;
            case 1:
                for (var done = 0; done < some.Length;)
                {
                    var room = values.Room();
                    var count = Math.Min(Math.Min(room.Length, some.Length - done), partly + 1);
                    some.AsSpan(done, count).CopyTo(room);
                    values.Took(count);
                    done += count;
                }

                break;
            default:
                var other = new GrowingArray<int>();
                if (partly > 0)
                {
                    other.Reserve(partly);
                }

                Array.ForEach(some, other.Add);
                values.Append(other);
                Assert.Equal(0, other.Count);
                break;
        }
    }
}

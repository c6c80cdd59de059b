using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Tests.Rows;

public sealed class NaturalOrderTests
{
    [Theory]
    [InlineData("Baseline|Week 2|Week 4|Week 8|Week 12")]
    [InlineData("Screening|Baseline|Week 2|Week 12|End of treatment")]
    [InlineData("Run-in|Pre|Month 3|Month 12|Follow-up")]
    [InlineData("Pre|During|Post")]
    [InlineData("Before|After")]
    [InlineData("Baseline|Midline|Endline")]
    [InlineData("Jan|Feb|Mar|Apr|Oct|Dec")]
    [InlineData("monday|Tuesday|sunday")]
    [InlineData("Day -7|Day 0|Day 7|Day 14")]
    [InlineData("T1|T2|T10")]
    [InlineData("V1_a|V1_b|V2_a|V10_a")]
    [InlineData("2 weeks|4 weeks|12 weeks")]
    [InlineData("Day 1|Day 3|Week 1|Month 1|Week 6|Month 3|Year 1")]
    [InlineData("30min|1h|90 min|2h|1d")]
    [InlineData("Week 2.5|Week 10")]
    [InlineData("Visit-1|Visit-2|Visit-10")]
    [InlineData("Visit 01|Visit 1|visit 2|Visit 03")]
    [InlineData("Baseline|Week 4|Follow-up 1|Follow-up 2|Follow-up 10")]
    [InlineData("Baseline|Week 2|Early termination")]
    [InlineData("alpha|beta|gamma")]
    public void Names_stand_as_people_mean_them(string names)
    {
        var wanted = names.Split('|');
        for (var turn = 0; turn < 3; turn++)
        {
            string[] mixed = [.. wanted.OrderBy(name => (name, turn).GetHashCode())];
            Assert.Equal(wanted, NaturalOrder.Of(mixed).Select(index => mixed[index]));
        }
    }

    [Fact]
    public void Numbers_inside_text_count_as_numbers_whatever_the_order_of_the_file() => Prop.ForAll(
        Arb.From(
            from word in Gen.Elements("Week ", "T", "visit_", "Month", "M ", "cycle 3 day ")
            from ending in Gen.Elements(string.Empty, " (early)", "w", " b")
            from start in Gen.Elements(string.Empty, "Baseline", "Screening", "Pre")
            from numbers in Gen.ArrayOf(Gen.Choose(0, 1500))
            from keys in Gen.ArrayOf(Gen.Choose(0, 1 << 30), 64)
            select (word, ending, start, numbers, keys)),
        sample =>
        {
            var (word, ending, start, numbers, keys) = sample;
            string[] wanted =
            [
                .. start.Length > 0 ? new[] { start } : [],
                .. numbers.Distinct().Order().Select(number => word + number.ToString(CultureInfo.InvariantCulture) + ending),
            ];
            string[] mixed = [.. wanted.Select((name, place) => (name, key: keys[place % keys.Length])).OrderBy(pair => pair.key)
                .Select(pair => pair.name)];
            Assert.Equal(wanted, NaturalOrder.Of(mixed).Select(index => mixed[index]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Any_texts_have_one_order() => Prop.ForAll(
        Arb.From(Gen.Elements("Week", "2", "10", "-", " ", ".", "pre", "End", "\u2212", "3", "é", "Jan", "day").ListOf()
            .Select(string.Concat).ListOf()),
        names =>
        {
            string[] once = [.. names.Distinct(StringComparer.Ordinal)], turned = [.. once.Reverse()];
            Assert.Equal(NaturalOrder.Of(once).Select(index => once[index]), NaturalOrder.Of(turned).Select(index => turned[index]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}

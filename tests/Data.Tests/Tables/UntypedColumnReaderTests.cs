using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

/// <summary>Fields of many rows at once, against the same fields one by one.</summary>
public sealed class UntypedColumnReaderTests
{
    private static readonly string[] Numbers = ["1", "-2.5", "0.123456789012345", "-0", "1.10", "12e3", "NA", "", " 7 ", ".", "-9"];

    private static readonly string[] Others = ["01", "a", "1.5.2", "é"];

    [Fact]
    public void Fields_of_many_rows_are_what_they_are_one_by_one() => Prop.ForAll(
        Arb.From(
            from rare in Gen.Elements(0, 0, 1, 8)
            from texts in Gen.Frequency((8, Gen.Elements(Numbers)), (rare, Gen.Elements(Others))).ListOf()
            from repeats in Gen.Elements(1, 1, 900)
            from token in Gen.Elements("-9", "?")
            from reserved in Gen.Elements(0, 5, 100_000)
            select (Texts: Enumerable.Repeat(texts, repeats).SelectMany(text => text).ToArray(), token, reserved)),
        at =>
        {
            var lines = Encoding.UTF8.GetBytes(string.Concat(at.Texts.Select(text => $"x,{text}\n")));
            var places = new List<FieldPlace>();
            for (int i = 0, start = 0; i < lines.Length; i++)
            {
                if (lines[i] is (byte)',' or (byte)'\n')
                {
                    places.Add(new FieldPlace(start, i));
                    start = i + 1;
                }
            }

            var missing = new MissingTokens([at.token], (byte)'.');
            var (many, single) = (Reader(missing), Reader(missing));
            if (at.reserved > 0)
            {
                many.Expect(at.reserved);
            }

            many.AddFields(lines, places.ToArray(), 2);
            foreach (var text in at.Texts)
            {
                single.Add(Encoding.UTF8.GetBytes(text.Trim(' ')));
            }

            Assert.Equal(single.Failed, many.Failed);
            if (!single.Failed)
            {
                Assert.Equal(Described(single.Finish(_ => null)), Described(many.Finish(_ => null)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(40));

    private static UntypedColumnReader Reader(MissingTokens missing) => new("x", 1, (byte)'.', missing);

    private static string Described(Column column) => column switch
    {
        NumericColumn numbers => $"{numbers.HasOtherSpellings} {numbers.Dots} "
            + string.Join(' ', numbers.Values.ToArray().Select(BitConverter.DoubleToInt64Bits)),
        FactorColumn factor => $"{string.Join('|', factor.Levels)}: {string.Join(' ', factor.Codes.ToArray())}",
        _ => column.Name,
    };
}

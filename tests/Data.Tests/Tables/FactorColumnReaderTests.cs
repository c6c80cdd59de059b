using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

public sealed class FactorColumnReaderTests
{
    private static readonly string[] Texts = ["a", "b", "1", "1.0", "2", "10", ".", "NA", "", "\u00E9"];

    // The slow twin sorts the distinct texts and looks each row up.
    [Fact]
    public void Levels_are_the_distinct_texts_in_order_and_codes_their_places() => Prop.ForAll(
        Arb.From(Gen.Elements(Texts).ListOf()),
        texts =>
        {
            var rows = texts.ToArray();
            var column = Finished(Reader(rows));
            var present = rows.Where(text => text is not ("NA" or "")).ToArray();
            var isText = present.Where(text => !double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _)).ToArray();
            var dots = isText.Length > 0 && isText.All(text => text == ".") && present.Any(text => text != ".");
            var levels = present.Where(text => !dots || text != ".").Distinct().ToArray();
            var sorted = isText.Length > 0 && !dots
                ? levels.OrderBy(level => level, StringComparer.Ordinal)
                : levels.OrderBy(level => double.Parse(level, System.Globalization.CultureInfo.InvariantCulture))
                    .ThenBy(level => level, StringComparer.Ordinal);
            Assert.Equal(sorted, column.Levels);
            Assert.Equal(rows.Select(text => column.Levels.ToList().IndexOf(text)), column.Codes.ToArray());
            Assert.Equal(dots ? isText.Length : 0, column.Dots);
            Assert.Equal(dots ? -1 : Array.FindIndex(rows, text => isText.Contains(text)), column.FirstText);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Parts_joined_are_the_whole() => Prop.ForAll(
        Arb.From(Gen.Elements(Texts).ListOf().ListOf()),
        parts =>
        {
            var whole = Finished(Reader([.. parts.SelectMany(part => part)]));
            var joined = Reader([]);
            foreach (var part in parts)
            {
                joined.Append(Reader([.. part]));
            }

            var result = Finished(joined);
            Assert.Equal(whole.Levels, result.Levels);
            Assert.Equal(whole.Codes.ToArray(), result.Codes.ToArray());
            Assert.Equal((whole.Dots, whole.FirstText, whole.TextCount), (result.Dots, result.FirstText, result.TextCount));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static FactorColumn Finished(FactorColumnReader reader) => (FactorColumn)reader.Finish(_ => null);

    private static FactorColumnReader Reader(string[] rows)
    {
        var reader = new FactorColumnReader("g", 0, (byte)'.', new MissingTokens([], (byte)'.'));
        foreach (var row in rows)
        {
            reader.Add(Encoding.UTF8.GetBytes(row));
        }

        return reader;
    }
}

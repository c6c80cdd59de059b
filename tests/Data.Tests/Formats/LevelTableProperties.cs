using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Files;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary><see cref="LevelTable"/> against a dictionary, and <see cref="TextLevels"/> on bytes of both encodings.</summary>
public sealed class LevelTableProperties
{
    [Fact]
    public void Numbers_are_those_that_a_dictionary_gives()
    {
        var texts = from pool in Gen.Choose(1, 200)
                    from codes in Gen.Choose(0, pool).NonEmptyListOf()
                    select codes.Select(code => code % 7 == 0 ? string.Empty : $"level {code * 37 % 101} of {code}").ToArray();
        Prop.ForAll(Arb.From(texts), rows =>
        {
            var (table, twin) = (new LevelTable(), new Dictionary<string, int>(StringComparer.Ordinal));
            foreach (var text in rows)
            {
                twin.TryAdd(text, twin.Count);
                Assert.Equal(twin[text], table.NumberOf(Encoding.UTF8.GetBytes(text)));
            }

            Assert.Equal(twin.OrderBy(pair => pair.Value).Select(pair => pair.Key), table.Texts());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(300));
    }

    [Fact]
    public void Five_thousand_levels_keep_their_numbers()
    {
        var table = new LevelTable();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 5000; i++)
            {
                Assert.Equal(i, table.NumberOf(BitConverter.GetBytes(i * 2654435761L)));
            }
        }

        Assert.Equal(5000, table.Bytes.Count);
    }

    [Fact]
    public void Texts_are_utf8_if_all_are_and_else_windows()
    {
        Assert.Equal(["\u00E9t\u00E9", "na\u00EFve"], Texts("\u00E9t\u00E9"u8.ToArray(), "na\u00EFve"u8.ToArray()).Levels);
        Assert.Equal(["\u00E9", "\u20AC"], Texts([0xE9], [0x80]).Levels);
        Assert.Equal(["\u00C3\u00A9", "\u00E9"], Texts("\u00E9"u8.ToArray(), [0xE9]).Levels);
        Assert.Equal(("\u00E9", "\u00E9"), (TextLevels.Decode("\u00E9"u8), TextLevels.Decode([0xE9])));
    }

    [Fact]
    public void Blanks_are_missing_and_equal_texts_share_a_number()
    {
        var levels = new TextLevels();
        levels.Add("b");
        levels.Add("  \t ");
        levels.AddMissing();
        levels.Add("a"u8);
        levels.Add("b");
        levels.Add(string.Empty);
        levels.Add(" a");
        var column = levels.Finish();
        Assert.Equal([0, -1, -1, 1, 0, -1, 2], column.Codes);
        Assert.Equal(["b", "a", " a"], column.Levels);
    }

    [Theory]
    [InlineData("label\0rest", "label")]
    [InlineData("\0rest", "")]
    [InlineData("no end", "no end")]
    public void A_zero_byte_ends_a_field(string field, string text) =>
        Assert.Equal(text, TextLevels.DecodeEnded(Encoding.UTF8.GetBytes(field)));

    private static FileColumn.Texts Texts(params byte[][] rows)
    {
        var levels = new TextLevels();
        foreach (var row in rows)
        {
            levels.Add(row);
        }

        return levels.Finish();
    }
}

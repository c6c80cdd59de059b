using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class ModelFrameProperties
{
    private static readonly string[] Formulas =
        ["y ~ f * x + poly(x, 2)", "y ~ x + I(x^2) + (x | id)", "y ~ f + (1 | id/f)", "y ~ 0 + f:x + offset(u)"];

    /// <summary>Small tables with many ties, some missing fields, and clusters in any order.</summary>
    private static readonly Gen<(string[] Rows, int Formula, int[] Shuffle)> Tables =
        from count in Gen.Choose(30, 60)
        from rows in Gen.ArrayOf(Row, count)
        from formula in Gen.Choose(0, Formulas.Length - 1)
        from shuffle in Gen.Shuffle(Enumerable.Range(0, count).ToArray())
        select (rows, formula, shuffle);

    private static Gen<string> Row =>
        from id in Gen.Choose(1, 12)
        from wave in Gen.Choose(1, 5)
        from f in Gen.Elements("a", "b", "c", "NA")
        from x in Gen.Choose(-50, 50)
        from y in Gen.Choose(0, 9)
        from u in Gen.Elements("0.1", "0.2", "")
        select string.Create(CultureInfo.InvariantCulture, $"{id},{wave},{f},{x / 7.0:R},{y / 3.0:R},{u}");

    [Fact]
    public void A_shuffled_file_gives_the_same_bits() => Prop.ForAll(Arb.From(Tables), table =>
    {
        var request = new FrameRequest
        {
            Formula = FormulaParser.Parse(Formulas[table.Formula]),
            Cluster = "id",
            Wave = table.Formula % 2 == 0 ? "wave" : null,
            Weights = "wave",
        };
        var sorted = Build(table.Rows, request);
        var shuffled = Build([.. table.Shuffle.Select(index => table.Rows[index])], request);
        Assert.Equal(sorted is null, shuffled is null);
        if (sorted is not null && shuffled is not null)
        {
            AssertSameBits(sorted, shuffled);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Clusters_are_contiguous_and_waves_ascend() => Prop.ForAll(Arb.From(Tables), table =>
    {
        if (Build(table.Rows, new FrameRequest { Formula = FormulaParser.Parse("y ~ x"), Cluster = "id", Wave = "wave" }) is not { } frame)
        {
            return;
        }

        Assert.Equal(
            frame.Clusters.Count,
            Enumerable.Range(0, frame.Clusters.Count).Select(frame.Clusters.Label).Distinct(StringComparer.Ordinal).Count());
        for (var cluster = 0; cluster < frame.Clusters.Count; cluster++)
        {
            Assert.True(frame.Clusters.Size(cluster) > 0);
            for (var row = frame.Clusters.Start(cluster); row < frame.Clusters.Start(cluster) + frame.Clusters.Size(cluster); row++)
            {
                Assert.StartsWith(frame.Clusters.Label(cluster) + ",", table.Rows[frame.RowOrder[row]], StringComparison.Ordinal);
                Assert.True(row == frame.Clusters.Start(cluster) || frame.Waves[row] >= frame.Waves[row - 1]);
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static ModelFrame? Build(string[] rows, FrameRequest request)
    {
        try
        {
            return ModelFrameBuilder.Build(Files.Read(new StringBuilder("id,wave,f,x,y,u\n").AppendJoin('\n', rows).ToString()), request);
        }
        catch (InputException)
        {
            // Some tables have aliased terms or a single category: that is for other tests.
            return null;
        }
    }

    private static void AssertSameBits(ModelFrame a, ModelFrame b)
    {
        Assert.Equal(Bits(a.Response), Bits(b.Response));
        Assert.Equal(a.Design.Names, b.Design.Names);
        Assert.Equal(Bits(a.Design.Values), Bits(b.Design.Values));
        Assert.Equal(Bits(a.Weights), Bits(b.Weights));
        Assert.Equal(Bits(a.Offset), Bits(b.Offset));
        Assert.Equal(a.Waves.ToArray(), b.Waves.ToArray());
        Assert.Equal(a.Clusters.Offsets.ToArray(), b.Clusters.Offsets.ToArray());
        foreach (var (first, second) in a.RandomTerms.Zip(b.RandomTerms))
        {
            Assert.Equal(first.Groups.ToArray(), second.Groups.ToArray());
            Assert.Equal(Bits(first.Values), Bits(second.Values));
        }
    }

    private static long[] Bits(ReadOnlySpan<double> values) => [.. values.ToArray().Select(BitConverter.DoubleToInt64Bits)];
}

using System.Globalization;
using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>A small good table, for formulas that are to meet columns of theirs.</summary>
internal static class SmallTable
{
    /// <summary>Forty rows in ten clusters.</summary>
    public static Dataset Data { get; } = DatasetReader.Read("small.csv", Encoding.UTF8.GetBytes(Text()));

    /// <summary>The frame of a formula on pairs.</summary>
    public static ModelFrame Frame { get; } = ModelFrameBuilder.Build(Data, new FrameRequest
    {
        Formula = FormulaParser.Parse("y ~ x"),
        Cluster = "id",
        Wave = "t",
        Auxiliary = ["x", "t", "a b"],
        AuxiliaryGroupings = ["g", "x", "t", "a b"],
    });

    private static string Text()
    {
        var draws = new Draws("small table", 5);
        var text = new StringBuilder("y,x,id,g,t,a b,v1,v2,v3\n");
        for (var row = 0; row < 40; row++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{draws.Below(2)},{draws.Uniform():R},{row / 4},{draws.Pick("a", "b", "c")},{(row % 4) + 1},{draws.Below(9)},"
                    + $"{draws.Uniform():R},{draws.Below(5)},{(draws.OneIn(9) ? "NA" : "1.5")}\n");
        }

        return text.ToString();
    }
}

using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>The way from a file and a formula to the numbers that estimators read: all of them finite.</summary>
internal sealed class FrameTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "frame";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var bytes = draws.OneIn(3) ? null : CsvBytes.Make(draws);
        var formula = draws.OneIn(4) ? FormulaText.Make(draws) : draws.Pick(FormulaText.Good);
        var request = Request(draws);
        return new FuzzInput(
            $"{formula}\n{Show(request)}\n{(bytes is null ? "the small table" : CsvBytes.Show(bytes))}",
            () => Build(bytes, formula, request));
    }

    private static Outcome Build(byte[]? bytes, string formula, FrameRequest request)
    {
        var parsed = FormulaParser.Parse(formula);
        var data = bytes is null
            ? SmallTable.Data
            : DatasetReader.Read("data.csv", bytes, new DatasetReaderOptions { Separator = null });
        var frame = ModelFrameBuilder.Build(data, request with { Formula = parsed });
        for (var column = 0; column < frame.Design.Names.Count; column++)
        {
            if (!AreFinite(frame.Design.Column(column)))
            {
                return Outcome.Fault("a design column is not finite");
            }
        }

        return AreFinite(frame.Response) ? Outcome.Result("frame") : Outcome.Fault("an outcome is not finite");
    }

    private static FrameRequest Request(Draws draws) => new()
    {
        Formula = FormulaParser.Parse("y ~ 1"),
        Cluster = Column(draws),
        Wave = Column(draws),
        Weights = Column(draws),
        Offset = draws.OneIn(9) ? "log(x)" : Column(draws),
        Trials = Column(draws),
        RequireClusters = draws.OneIn(2),
        RequireDistinctWaves = draws.OneIn(2),
        RefuseAliased = draws.OneIn(5),
        PositionMatters = draws.OneIn(5),
        Event = draws.OneIn(9) ? draws.Pick("a", "1", "nope", "") : null,
        Factors = draws.OneIn(5) ? ["x"] : [],
        References = draws.OneIn(8)
            ? new Dictionary<string, string>(StringComparer.Ordinal) { ["g"] = "b" }
            : new Dictionary<string, string>(StringComparer.Ordinal),
        Orders = draws.OneIn(8)
            ? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["g"] = ["c", "a", "b"] }
            : new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal),
    };

    private static string Show(FrameRequest request) =>
        $"cluster {request.Cluster}, wave {request.Wave}, weights {request.Weights}, offset {request.Offset}, trials {request.Trials}, "
            + $"event {request.Event}, clusters required {request.RequireClusters}, distinct waves {request.RequireDistinctWaves}, "
            + $"aliased refused {request.RefuseAliased}, position matters {request.PositionMatters}, factors {request.Factors.Count}, "
            + $"references {request.References.Count}, orders {request.Orders.Count}";

    private static string? Column(Draws draws) =>
        draws.OneIn(3) ? draws.Pick("y", "x", "id", "g", "t", "u", "id:g", "nope", "") : null;

    private static bool AreFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}

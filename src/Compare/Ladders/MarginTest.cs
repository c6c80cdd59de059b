using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ladders;

/// <summary>Whether an effect lies beyond a margin, by a one-sided test. Immutable.</summary>
/// <remarks>
/// H₀: the effect is at the margin or worse. It is rejected at (1 − level)/2, that is where the interval of that level lies beyond the
/// margin. Two margins of one scale are the two one-sided tests of equivalence (Schuirmann 1987): both have to be met.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Compare;
/// using MarginalConditional.Compare.Ladders;
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Gee;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | site)"), Cluster = "site" });
/// var comparison = ModelComparer.Compare(frame, new ComparisonOptions
/// {
///     Treatment = "arm",
///     Gee = new GeeOptions { Family = Family.Binomial },
///     Glmm = new GlmmOptions { Family = Family.Binomial },
/// });
/// if (EffectMargin.TryParse("OR=0.8", out var margin, out _))
/// {
///     foreach (var test in MarginTest.Of(comparison.Ladder, [margin!], higherIsBetter: true, rung: 3, level: 0.95))
///     {
///         Console.WriteLine($"beyond {margin!.Value}: {test.IsMet}, p = {test.PValue}");
///     }
/// }
/// </code>
/// </example>
public sealed record MarginTest
{
    /// <summary>The margin.</summary>
    public required EffectMargin Margin { get; init; }

    /// <summary>Whether the effect has to lie above the margin; if not, below.</summary>
    public required bool IsAbove { get; init; }

    /// <summary>Whether another margin of the same scale is tested beside it: equivalence.</summary>
    public required bool IsEquivalence { get; init; }

    /// <summary>The rung whose effect is tested.</summary>
    public required LadderRung Rung { get; init; }

    /// <summary>Of the effect on the scale of the estimates, its statistic and two-sided p-value against the margin.</summary>
    public required Coefficient Inference { get; init; }

    /// <summary>The one-sided p-value.</summary>
    public required double PValue { get; init; }

    /// <summary>Whether the interval lies beyond the margin.</summary>
    public required bool IsMet { get; init; }

    /// <summary>Tests every margin on every ladder that has its scale.</summary>
    /// <param name="ladder">The rungs.</param>
    /// <param name="margins">The margins; two of one scale are tested for equivalence.</param>
    /// <param name="higherIsBetter">
    /// Whether a larger outcome is better, so that the effect has to lie above a margin; null decides by the side of no effect on which
    /// the margin lies: a margin below no effect has to be exceeded.
    /// </param>
    /// <param name="rung">The rung, 0 to 4, participants; 4 is the average over clusters.</param>
    /// <param name="level">Of the intervals.</param>
    public static IReadOnlyList<MarginTest> Of(
        EstimandLadder ladder, IReadOnlyList<EffectMargin> margins, bool? higherIsBetter, int rung, double level)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        ArgumentNullException.ThrowIfNull(margins);
        var tests = new List<MarginTest>();
        foreach (var margin in margins)
        {
            List<EffectMargin> same = [.. margins.Where(other => other.Scale == margin.Scale)];
            var isEquivalence = same.Count == 2 && same[0].Value != same[1].Value;
            var isAbove = isEquivalence ? margin.Value == same.Min(other => other.Value) : higherIsBetter ?? margin.OnScale < 0;
            foreach (var own in ladder.Rungs.Where(own =>
                own.Rung == rung && own.Scale == margin.Scale && own.Weighting == Estimands.ClusterWeighting.Participant))
            {
                tests.Add(Test(own, margin, isAbove, isEquivalence, level));
            }
        }

        return tests;
    }

    private static MarginTest Test(LadderRung rung, EffectMargin margin, bool isAbove, bool isEquivalence, double level)
    {
        var row = rung.Inference;
        var inference = Coefficient.Wald(
            rung.Name, row.Estimate, row.StandardError, row.DegreesOfFreedom, level, nullValue: margin.OnScale);
        var beyond = isAbove ? inference.Statistic > 0 : inference.Statistic < 0;
        var p = beyond ? inference.PValue / 2 : 1 - (inference.PValue / 2);
        return new MarginTest
        {
            Margin = margin,
            IsAbove = isAbove,
            IsEquivalence = isEquivalence,
            Rung = rung,
            Inference = inference,
            PValue = p,
            IsMet = isAbove ? inference.Lower > margin.OnScale : inference.Upper < margin.OnScale,
        };
    }
}

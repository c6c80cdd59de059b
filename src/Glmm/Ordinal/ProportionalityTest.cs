using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// The likelihood-ratio test that a term has one coefficient for all thresholds (proportional odds, in a logit model), given the random
/// effects. Immutable.
/// </summary>
/// <remarks>
/// With large data small departures are significant: look at the coefficients of each threshold beside the p value. Given normal effects
/// proportionality is conditional, and the marginal model is then not exactly proportional.
/// </remarks>
/// <param name="Term">The term, or <c>all</c>.</param>
/// <param name="Statistic">2(ℓ₁ − ℓ₀), at least 0; not a number where a fit did not converge.</param>
/// <param name="DegreesOfFreedom">(J − 1) times the columns.</param>
/// <param name="PValue">The upper tail of χ².</param>
/// <param name="Separate">The fit with a coefficient at every threshold.</param>
public sealed record ProportionalityTest(string Term, double Statistic, int DegreesOfFreedom, double PValue, OrdinalGlmmFit Separate)
{
    /// <summary>The name of the test of several terms at once.</summary>
    public const string AllTerms = "all";

    /// <summary>Tests the terms that a fit has separate coefficients of: each against proportional odds, and all of them.</summary>
    /// <param name="fit">A fit with nominal columns; without any there are no tests.</param>
    public static IReadOnlyList<ProportionalityTest> OfNominal(OrdinalGlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var design = fit.Frame.Design;
        int[] nominal = [.. fit.Options.NominalColumns];
        string[] terms = [.. nominal.Select(column => design.Terms[column]).Distinct(StringComparer.Ordinal)];
        return
        [
            .. Questions(terms).Select(term => Test(
                term,
                nominal.Length - Without(design, nominal, term).Length,
                Fit(fit, Without(design, nominal, term)),
                fit)),
        ];
    }

    /// <summary>Tests every term of the formula, and all of them: fits with a coefficient at every threshold against this one.</summary>
    /// <param name="fit">A fit with two thresholds or more and without nominal columns.</param>
    public static IReadOnlyList<ProportionalityTest> OfTerms(OrdinalGlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Layout.Thresholds < 2)
        {
            return [];
        }

        var design = fit.Frame.Design;
        return
        [
            .. Questions([.. design.PredictorTerms]).Select(term =>
            {
                int[] columns =
                [
                    .. Enumerable.Range(0, design.Columns).Where(column =>
                        column != design.Intercept && (term == AllTerms || design.Terms[column] == term)),
                ];
                return Test(term, columns.Length, fit, Fit(fit, columns));
            }),
        ];
    }

    /// <summary>The coefficients of each threshold that the test is about, with tests and intervals.</summary>
    /// <param name="level">The intervals' level, in (0, 1).</param>
    public IReadOnlyList<Coefficient> Slopes(double level = 0.95)
    {
        var table = OrdinalGlmmInference.Of(Separate).Table(level);
        var first = Separate.Layout.Count - (Separate.Layout.Nominal.Length * Separate.Layout.Thresholds);
        return [.. Enumerable.Range(first, Separate.Layout.Count - first)
            .Where(place => Term == AllTerms || Separate.Layout.Terms[place] == Term).Select(place => table[place])];
    }

    private static IEnumerable<string> Questions(string[] terms) => terms.Length > 1 ? [.. terms, AllTerms] : terms;

    private static int[] Without(DesignMatrix design, int[] columns, string term) =>
        [.. columns.Where(column => term != AllTerms && design.Terms[column] != term)];

    private static OrdinalGlmmFit Fit(OrdinalGlmmFit fit, int[] nominal) => OrdinalGlmmFitter.Fit(
        fit.Frame, fit.Options with { NominalColumns = nominal, Nodes = fit.Nodes, CheckNodes = false });

    private static ProportionalityTest Test(string term, int columns, OrdinalGlmmFit proportional, OrdinalGlmmFit separate)
    {
        var degrees = columns * (separate.Layout.Thresholds - 1);
        var statistic = proportional.Convergence.Converged && separate.Convergence.Converged
            ? Math.Max(0, 2 * (separate.LogLikelihood - proportional.LogLikelihood))
            : double.NaN;
        return new ProportionalityTest(
            term,
            statistic,
            degrees,
            double.IsNaN(statistic) || degrees == 0 ? double.NaN : ChiSquaredDistribution.UpperTail(statistic, degrees),
            separate);
    }
}

using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Ordinal;

/// <summary>Wald tests that the columns of a term, or of all terms, have one coefficient for all thresholds.</summary>
/// <remarks>
/// They are contrasts of the fit in which the columns have a coefficient a threshold, by its covariance: robust ones hold whatever the
/// working correlation. With many data small departures are significant, so the coefficients belong beside the p value.
/// </remarks>
public sealed class ProportionalOddsTest
{
    private ProportionalOddsTest(OrdinalGeeFit separate, GeeInference inference)
    {
        Separate = separate;
        Inference = inference;
        var design = separate.Frame.Design;
        Terms =
        [
            .. design.PredictorTerms
                .Where(term => separate.Options.Nominal.Any(column => design.Terms[column] == term))
                .Select(term => new TermTest(term, Test(column => design.Terms[column] == term))),
        ];
        Joint = Test(_ => true);
    }

    /// <summary>The fit with coefficients by threshold.</summary>
    public OrdinalGeeFit Separate { get; }

    /// <summary>Its standard errors.</summary>
    public GeeInference Inference { get; }

    /// <summary>The test of each term, in the order of the formula, with J − 1 degrees of freedom a column.</summary>
    public IReadOnlyList<TermTest> Terms { get; }

    /// <summary>The test of all of them.</summary>
    public WaldTest Joint { get; }

    /// <summary>
    /// Tests every term, by a fit in which all columns have a coefficient a threshold; null when there is nothing to be tested, with one
    /// threshold or without a column.
    /// </summary>
    /// <param name="fit">The fit whose frame and options are taken.</param>
    /// <param name="variance">The variance estimator; null (the default) means robust.</param>
    /// <param name="reference">The reference of the tests; null (the default) means the normal.</param>
    /// <param name="level">The level of the coefficients' intervals. Default: 0.95.</param>
    public static ProportionalOddsTest? OfAll(
        OrdinalGeeFit fit, GeeVariance? variance = null, GeeDegreesOfFreedom? reference = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var design = fit.Frame.Design;
        int[] columns = [.. Enumerable.Range(0, design.Columns).Where(column => column != design.Intercept)];
        if (columns.Length == 0 || fit.Thresholds.Length == 1)
        {
            return null;
        }

        var separate = fit.Options.Nominal.Count == columns.Length
            ? fit
            : OrdinalGeeFitter.Fit(fit.Frame, fit.Options with { Nominal = columns });
        return new ProportionalOddsTest(separate, GeeInference.Of(separate.Indicators, variance, reference, level));
    }

    /// <summary>Tests the columns that have a coefficient a threshold in a fit; null without any, or with one threshold.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="inference">Its standard errors.</param>
    public static ProportionalOddsTest? OfNominal(OrdinalGeeFit fit, GeeInference inference)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(inference);
        return fit.Options.Nominal.Count == 0 || fit.Thresholds.Length == 1 ? null : new ProportionalOddsTest(fit, inference);
    }

    /// <summary>The coefficient of a column at each threshold, J values with their inference.</summary>
    /// <param name="column">A column of the frame's design that has them.</param>
    public IReadOnlyList<Coefficient> Slopes(int column)
    {
        var table = Inference.CoefficientTable();
        var first = Place(column);
        return [.. Enumerable.Range(first, Separate.Thresholds.Length).Select(place => table[place])];
    }

    private WaldTest Test(Func<int, bool> chosen)
    {
        var p = Separate.Indicators.Coefficients.Length;
        var contrasts = new List<Contrast>();
        foreach (var column in Separate.Options.Nominal.Where(chosen))
        {
            for (var k = 1; k < Separate.Thresholds.Length; k++)
            {
                var weights = new double[p];
                (weights[Place(column)], weights[Place(column) + k]) = (-1, 1);
                contrasts.Add(new Contrast(Separate.Frame.Design.Names[column], weights));
            }
        }

        return Inference.Test(contrasts);
    }

    /// <summary>Where the coefficients of a column stand: behind the thresholds and the columns that have one coefficient.</summary>
    private int Place(int column)
    {
        int[] nominal = [.. Separate.Options.Nominal.Order()];
        var (p, thresholds) = (Separate.Indicators.Coefficients.Length, Separate.Thresholds.Length);
        return p - (thresholds * (nominal.Length - Array.IndexOf(nominal, column)));
    }
}

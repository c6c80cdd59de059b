using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Inference;

/// <summary>Tests and intervals of linear combinations of a fit's coefficients.</summary>
public abstract class LmmInference
{
    private readonly double[] covariance;

    private protected LmmInference(LmmFit fit, double[] covariance)
    {
        Fit = fit;
        this.covariance = covariance;
    }

    /// <summary>The fit.</summary>
    public LmmFit Fit { get; }

    /// <summary>The covariance of β that tests use, p×p, row-major.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>Which information of the covariance parameters degrees of freedom rest on; null where there was no choice.</summary>
    public virtual CovarianceInformation? Information => null;

    /// <summary>The degrees of freedom of t for one contrast; infinite for the normal.</summary>
    /// <param name="contrast">L, p values.</param>
    public abstract double DegreesOfFreedom(ReadOnlySpan<double> contrast);

    /// <summary>The joint test that several contrasts are zero.</summary>
    /// <param name="contrasts">Rows of length p.</param>
    public abstract WaldTest Test(IReadOnlyList<Contrast> contrasts);

    /// <summary>The table of coefficients.</summary>
    /// <param name="level">The intervals' level.</param>
    public CoefficientTable Table(double level = 0.95)
    {
        var p = Fit.Coefficients.Length;
        var errors = new double[p];
        var degrees = new double[p];
        var unit = new double[p];
        for (var j = 0; j < p; j++)
        {
            unit[j] = 1;
            errors[j] = Math.Sqrt(covariance[j * (p + 1)]);
            degrees[j] = DegreesOfFreedom(unit);
            unit[j] = 0;
        }

        return new CoefficientTable(Fit.Frame.Design.Names, Fit.Coefficients, errors, degrees, level);
    }

    /// <summary>Estimate, test and interval of one contrast.</summary>
    public Coefficient Test(Contrast contrast, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(contrast);
        var degrees = DegreesOfFreedom(contrast.Weights);
        return contrast.Test(Fit.Coefficients, covariance, double.IsPositiveInfinity(degrees) ? null : degrees, level);
    }

    /// <summary>The test of each term of the formula, all its coefficients at once, the intercept left out.</summary>
    /// <param name="hypothesis">What is tested of a term that interactions contain; null for balanced averages (type III).</param>
    public IReadOnlyList<(string Term, WaldTest Test)> TermTests(TermHypothesis? hypothesis = null)
    {
        var design = Fit.Frame.Design;
        return
        [
            .. design.PredictorTerms
                .Select(term => (term, Test((hypothesis ?? TermHypothesis.Balanced).Contrasts(design, term)))),
        ];
    }

    /// <summary>F = statistic on q and m degrees of freedom.</summary>
    private protected static WaldTest Fisher(double statistic, int rank, double denominator) =>
        new(statistic, rank, denominator, FisherDistribution.UpperTail(statistic, rank, denominator));

    /// <summary>The fit, and by what it is asked.</summary>
    public sealed override string ToString() => $"{Fit}; {GetType().Name}";
}

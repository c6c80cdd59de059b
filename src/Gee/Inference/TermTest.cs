using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Inference;

/// <summary>The joint test of all coefficients of one term of the formula.</summary>
/// <param name="Term">The term, as in the formula.</param>
/// <param name="Wald">The Wald test, F when the fit has degrees of freedom, else χ².</param>
public sealed record TermTest(string Term, WaldTest Wald)
{
    /// <summary>Tests every term but the intercept, in the order of the formula.</summary>
    public static IReadOnlyList<TermTest> Of(GeeFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return [.. fit.Frame.Design.PredictorTerms.Select(term => new TermTest(term, Test(fit, Rows(fit, term))))];
    }

    /// <summary>The contrasts that pick the coefficients of a term.</summary>
    public static IReadOnlyList<Contrast> Rows(GeeFit fit, string term)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Contrast.OfTerm(fit.Frame.Design.Names, fit.Frame.Design.Terms, term);
    }

    /// <summary>The joint Wald test of contrasts, with the smallest of their degrees of freedom.</summary>
    public static WaldTest Test(GeeFit fit, IReadOnlyList<Contrast> contrasts)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(contrasts);
        double? smallest = null;
        foreach (var contrast in contrasts)
        {
            if (fit.DegreesOfFreedom(contrast.Weights) is { } value)
            {
                smallest = Math.Min(smallest ?? double.PositiveInfinity, value);
            }
        }

        return WaldTest.Joint(contrasts, fit.Coefficients, fit.Covariance(), smallest);
    }
}

using MarginalConditional.Compare.Influence;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>Tests whether two fits to the same clusters estimate the same coefficients.</summary>
internal static class EstimateDifference
{
    /// <summary>The joint Wald test that the coefficients at the given columns are equal, by the joint influence of both fits.</summary>
    /// <param name="first">One fit.</param>
    /// <param name="second">The other.</param>
    /// <param name="columns">The columns of the coefficients.</param>
    public static WaldTest Test(GeeInference first, GeeInference second, IReadOnlyList<int> columns)
    {
        var p = first.Fit.Coefficients.Length;
        var difference = new double[columns.Count];
        var jacobian = new double[columns.Count * 2 * p];
        for (var k = 0; k < columns.Count; k++)
        {
            difference[k] = first.Fit.Coefficients[columns[k]] - second.Fit.Coefficients[columns[k]];
            jacobian[(k * 2 * p) + columns[k]] = 1;
            jacobian[(k * 2 * p) + p + columns[k]] = -1;
        }

        var influence = ClusterInfluence.Join(ClusterInfluence.Of(first), ClusterInfluence.Of(second)).Transform(jacobian, columns.Count);
        return AllZero(difference, influence.Covariance(), first.DegreesOfFreedom()?[columns[0]]);
    }

    /// <summary>The joint Wald test that q estimates are all zero.</summary>
    /// <param name="estimates">q estimates.</param>
    /// <param name="covariance">Theirs, q×q, row-major.</param>
    /// <param name="denominator">Degrees of freedom of the F test; null for χ².</param>
    public static WaldTest AllZero(ReadOnlySpan<double> estimates, ReadOnlySpan<double> covariance, double? denominator = null)
    {
        var contrasts = new List<Contrast>();
        for (var k = 0; k < estimates.Length; k++)
        {
            var weights = new double[estimates.Length];
            weights[k] = 1;
            contrasts.Add(new Contrast("difference", weights));
        }

        return WaldTest.Joint(contrasts, estimates, covariance, denominator);
    }
}

using MarginalConditional.Compare.Designs;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;

namespace MarginalConditional.Compare.Dials;

/// <summary>
/// The standard error of γ, the change of the effect for one unit of the logarithm of size: how far a dial should be turned.
/// </summary>
internal static class SizeSlope
{
    /// <summary>The standard error by GEE with independence, size and its product with the arm; null where there is none.</summary>
    /// <param name="rows">The trial.</param>
    /// <param name="model">The working model, whose design is extended.</param>
    /// <param name="sizes">ln n_i less its mean, a row each.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="options">Variance, threads, tolerances.</param>
    public static double? Error(TrialRows rows, WorkingModel model, double[] sizes, int arm, ComparisonOptions options)
    {
        var extension = new DesignExtension(model.Frame.Design, options.Tolerances.Spanned);
        extension.Add("size", sizes);
        var before = extension.Added;
        var product = new double[sizes.Length];
        for (var i = 0; i < product.Length; i++)
        {
            product[i] = rows.InverseProbability(i, arm) != 0 ? sizes[i] : 0;
        }

        extension.Add("size:arm", product);
        if (extension.Added == before || rows.Clusters.Count <= model.Frame.Design.Columns + extension.Added)
        {
            return null;
        }

        var fit = GeeFitter.Fit(extension.Frame(model.Frame), options.Gee with { Correlation = WorkingCorrelation.Independence });
        if (!fit.Convergence.Converged || fit.Separated is not null)
        {
            return null;
        }

        var covariance = GeeInference.Of(fit, options.Variance, options.DegreesOfFreedom, options.Level).Covariance;
        var error = Math.Sqrt(covariance[^1]);
        return error > 0 && double.IsFinite(error) ? error : null;
    }
}

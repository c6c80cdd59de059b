using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Compare.Summaries;

/// <summary>The first stage of an adjusted cluster-level analysis: what the covariates let expect of each cluster.</summary>
/// <remarks>
/// Hayes and Moulton (2017): a regression of the rows without arm and clusters; a cluster's summary is then what was observed less, or
/// over, what was expected. Degrees of freedom are lost for the covariates of clusters only. Immutable.
/// </remarks>
internal sealed class CovariateAdjustment
{
    private readonly double[] expected;

    private CovariateAdjustment(double[] expected, int clusterCovariates)
    {
        this.expected = expected;
        ClusterCovariates = clusterCovariates;
    }

    /// <summary>Σm, K: the expected sum of the outcomes of each cluster.</summary>
    public ReadOnlySpan<double> Expected => expected;

    /// <summary>How many covariates are constant in every cluster.</summary>
    public int ClusterCovariates { get; }

    /// <summary>Fits the covariates; null without any, or where the fit failed, which <paramref name="note"/> then says.</summary>
    public static CovariateAdjustment? Fit(ModelFrame frame, SummaryOptions options, out string? note)
    {
        note = null;
        var design = frame.Design;
        int[] kept = [.. Enumerable.Range(0, design.Columns).Except(options.TreatmentColumns)];
        var covariates = kept.Count(column => column != design.Intercept);
        if (covariates == 0)
        {
            return null;
        }

        var without = new DesignMatrix(
            design.Rows,
            [.. kept.Select(column => design.Names[column])],
            [.. kept.SelectMany(column => design.Column(column).ToArray())],
            [.. kept.Select(column => design.Terms[column])]);
        var fit = GeeFitter.Fit(frame.WithTerms(without, []), options.Gee with { Correlation = WorkingCorrelation.Independence });
        if (!fit.Convergence.Converged || fit.Separated is not null)
        {
            note = "The regression on the covariates alone has no finite solution, so the clusters' means were not adjusted.";
            return null;
        }

        return new CovariateAdjustment(
            ClusterOutcomes.Sums(frame, fit.FittedMeans()),
            kept.Count(column => column != design.Intercept && frame.Clusters.HasConstant(design.Column(column))));
    }
}

using MarginalConditional.Data.Tables;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;
using MarginalConditional.Meta.Heterogeneity;

namespace MarginalConditional.Benchmarks.Timing;

/// <summary>
/// <c>meta METHOD FILE</c>: an estimator of τ² on columns <c>yi,vi</c>, or <c>exact</c> on the counts <c>tpos,tneg,cpos,cneg</c>.
/// </summary>
internal sealed class MetaTiming : ITimedMethod
{
    /// <inheritdoc/>
    public string Name => "meta";

    /// <inheritdoc/>
    public Func<double[]> Prepare(string detail, string path, int threads)
    {
        var data = DatasetReader.Read(path);
        if (detail == "exact")
        {
            var counts = StudyCounts.Read(data, ("tpos", "tneg"), ("cpos", "cneg"), []);
            return () => Estimates(ExactMetaAnalysis.Fit(counts, new MetaAnalysisOptions { ProfilesTau2 = false }, threads));
        }

        var studies = TrialTable.ReadEffects(data, "yi", "vi", spreadIsStandardError: false, StudyMeasure.Given, []);
        var options = new MetaAnalysisOptions { Estimator = HeterogeneityEstimator.All.Single(estimator => estimator.Code == detail) };
        return () => Estimates(MetaAnalysis.Fit(studies, options));
    }

    private static double[] Estimates(MetaAnalysisFit fit) => [fit.Estimate, fit.StandardError, fit.Tau2];
}

using MarginalConditional.Gee.Covariance;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Diagnostics;

/// <summary>
/// What each cluster does to the fit: leverage, DFBETA and Cook's distance by deletion of whole clusters (Preisser and Qaqish 1996).
/// </summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Gee;
/// using MarginalConditional.Gee.Diagnostics;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm"), Cluster = "site" });
/// var fit = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial });
/// var deleted = ClusterDeletion.OneStep(fit);
/// for (var cluster = 0; cluster &lt; frame.Clusters.Count; cluster++)
/// {
///     Console.WriteLine($"without {frame.Clusters.Label(cluster)}: {deleted.Change(cluster)[1]}");
/// }
/// </code>
/// </example>
public sealed class ClusterDeletion
{
    private readonly double[] changes;
    private readonly double[] leverages;
    private readonly int p;

    private ClusterDeletion(GeeFit fit, double[] informations, double[] changes)
    {
        this.changes = changes;
        p = fit.Coefficients.Length;
        var clusters = fit.Frame.Clusters.Count;
        leverages = new double[clusters];
        for (var i = 0; i < clusters; i++)
        {
            leverages[i] = Dense.Dot(informations.AsSpan(i * p * p, p * p), fit.Bread);
        }

        Distances = CookDistances.Of(changes, p, fit.Information);
    }

    /// <summary>The trace of each cluster's leverage A_iM⁻¹, K values that add up to p.</summary>
    public ReadOnlySpan<double> Leverages => leverages;

    /// <summary>Cook's distances, in units of the model-based covariance M⁻¹.</summary>
    public CookDistances Distances { get; }

    /// <summary>All DFBETA, K×p by rows.</summary>
    public ReadOnlySpan<double> Changes => changes;

    /// <summary>By one scoring step from β̂ with correlation and scale held: β̂ − β̂₍ᵢ₎ ≈ (M − A_i)⁻¹U_i.</summary>
    public static ClusterDeletion OneStep(GeeFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new ClusterDeletion(fit, fit.ClusterInformations(), fit.ClusterDeletions());
    }

    /// <summary>By fitting again without each cluster, correlation and scale included: exact and K times as expensive.</summary>
    public static ClusterDeletion Refitted(GeeFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new ClusterDeletion(fit, fit.ClusterInformations(), Refits.Changes(fit));
    }

    /// <summary>DFBETA of a cluster: β̂ less the estimate without it, p values (link scale).</summary>
    public ReadOnlySpan<double> Change(int cluster) => changes.AsSpan(cluster * p, p);
}

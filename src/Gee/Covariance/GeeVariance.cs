using System.Diagnostics.CodeAnalysis;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Covariance;

/// <summary>An estimator of the covariance of β̂. A closed choice: each case is a nested sealed class.</summary>
/// <remarks>
/// With A_i = D_iᵀV_i⁻¹D_i, U_i = D_iᵀV_i⁻¹(y_i − μ_i) and M = ΣA_i, every correction for few clusters is written in p×p matrices;
/// the n×n leverages of the original papers drop out.
/// </remarks>
public abstract partial class GeeVariance
{
    private GeeVariance(string name) => Name = name;

    /// <summary>All estimators that come without refitting, in the order the program lists them.</summary>
    public static IReadOnlyList<GeeVariance> All =>
        field ??= [Robust, Model, ManclDeRouen, KauermannCarroll, FayGraubard, Morel, Jackknife];

    /// <summary>The name as the program spells it, such as <c>mancl-derouen</c>.</summary>
    public string Name { get; }

    /// <summary>Finds an estimator by its name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out GeeVariance? variance)
    {
        variance = name == JackknifeFull.Name ? JackknifeFull : All.FirstOrDefault(candidate => candidate.Name == name);
        return variance is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether it reads the A_i, which cost a pass over the data.</summary>
    internal virtual bool ReadsInformations => false;

    /// <summary>The covariance matrix, p×p.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="informations">A_i of each cluster, K matrices p×p; may be empty if they are not read.</param>
    internal abstract double[] Compute(GeeFit fit, ReadOnlySpan<double> informations);

    /// <summary>
    /// The influence of each cluster, K×p by rows: with the corrected scores where the correction is one of scores, else M⁻¹U_i.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="informations">A_i of each cluster, K matrices p×p; may be empty if they are not read.</param>
    internal virtual double[] Influences(GeeFit fit, ReadOnlySpan<double> informations) =>
        Sandwich.Influences(fit.Bread, fit.ClusterScores);

    /// <summary>The sandwich over two ways of clustering; null for estimators over one.</summary>
    /// <param name="fit">The fit.</param>
    internal virtual TwoWaySandwich? Ways(GeeFit fit) => null;
}

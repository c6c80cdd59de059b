using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Standardization;

/// <summary>
/// Estimates that are functions of sums over clusters, θ = F(Σ_c s_c(ψ)): what an estimand says of itself so that
/// <see cref="ClusterEstimates"/> finds leave-one-out errors, influences or the jackknife for it.
/// </summary>
internal abstract class ClusterFunction
{
    /// <summary>ψ̂, the parameters that the sums depend on.</summary>
    public abstract ReadOnlySpan<double> Parameters { get; }

    /// <summary>The partition of the rows.</summary>
    public abstract Clusters Clusters { get; }

    /// <summary>The number of clusters with a row that counts.</summary>
    public abstract int ClustersSeen { get; }

    /// <summary>The number of sums.</summary>
    public abstract int Count { get; }

    /// <summary>The number of estimates.</summary>
    public abstract int Estimates { get; }

    /// <summary>s_c(ψ_c) of every cluster, at parameters of its own.</summary>
    /// <param name="changes">ψ̂ − ψ_c, K×m by rows; empty when all are at ψ̂.</param>
    /// <param name="sums">Receives K×<see cref="Count"/> values.</param>
    public abstract void OfEach(ReadOnlySpan<double> changes, Span<double> sums);

    /// <summary>Σ_c s_c(ψ) over all clusters but one.</summary>
    /// <param name="parameters">ψ.</param>
    /// <param name="leftOut">The cluster left out.</param>
    /// <param name="sums">Receives <see cref="Count"/> values.</param>
    public abstract void Without(ReadOnlySpan<double> parameters, int leftOut, Span<double> sums);

    /// <summary>∂/∂ψ Σ_c s_c at ψ̂.</summary>
    /// <param name="slopes">Receives <see cref="Count"/>×m values by rows.</param>
    public abstract void Slopes(Span<double> slopes);

    /// <summary>F, the estimates as functions of the sums.</summary>
    /// <param name="sums">The sums over clusters.</param>
    /// <param name="leftOut">The cluster they were taken without; −1 for none.</param>
    /// <param name="estimates">Receives the estimates.</param>
    public abstract void Evaluate(ReadOnlySpan<double> sums, int leftOut, Span<double> estimates);

    /// <summary>How the estimates move when the sums do: F′(S) times a direction.</summary>
    /// <param name="sums">S, over all clusters.</param>
    /// <param name="direction">A change of the sums.</param>
    /// <param name="estimates">Receives the change of the estimates.</param>
    public abstract void Differentiate(ReadOnlySpan<double> sums, ReadOnlySpan<double> direction, Span<double> estimates);

    /// <summary>Whether an estimate is the model's own, so that its error is that of the model's parameters.</summary>
    /// <param name="estimate">Its position.</param>
    public virtual bool IsOfModel(int estimate) => false;

    /// <summary>Whether terms of other clusters change when a cluster is left out, so that its own cannot simply be subtracted.</summary>
    /// <param name="cluster">The cluster left out.</param>
    public virtual bool ChangesOthers(int cluster) => false;
}

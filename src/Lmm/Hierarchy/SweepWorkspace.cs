using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>The scratch and the sums of one chunk of top-level groups.</summary>
internal sealed class SweepWorkspace
{
    private readonly double[] root;
    private readonly double[][] derivatives;
    private readonly double[][] adjoints;
    private readonly (int From, int To)[] ranges;

    /// <summary>Allocates for a hierarchy.</summary>
    public SweepWorkspace(IReadOnlyList<GroupLevel> levels, int rootSize, ResidualModel? residual)
    {
        root = new double[rootSize * rootSize];
        derivatives = new double[levels.Count][];
        adjoints = new double[levels.Count][];
        ranges = new (int, int)[levels.Count];
        var r = rootSize;
        var scratch = 0;
        for (var level = 0; level < levels.Count; level++)
        {
            var q = levels[level].Dimension;
            derivatives[level] = new double[q * q];
            adjoints[level] = new double[(q + r) * (q + r)];
            scratch = Math.Max(scratch, (2 * q * q) + (2 * r * q));
            r += q;
        }

        Scratch = new double[scratch];
        Inner = levels.Count > 0 ? new double[derivatives[0].Length] : [];
        Gain = levels.Count > 0 ? new double[rootSize * levels[0].Dimension] : [];
        Residual = residual is null ? null : new ResidualAccumulator(residual);
    }

    /// <summary>The root's moments of this chunk, lower triangle.</summary>
    public Span<double> Root => root;

    /// <summary>Room for the kernels.</summary>
    public double[] Scratch { get; }

    /// <summary>Room for one top-level group's H.</summary>
    public double[] Inner { get; }

    /// <summary>Room for one top-level group's T.</summary>
    public double[] Gain { get; }

    /// <summary>The sums for the residual covariance; null for independent residuals.</summary>
    public ResidualAccumulator? Residual { get; }

    /// <summary>The sum of log-determinants of this chunk.</summary>
    public double LogDeterminant { get; set; }

    /// <summary>The derivative by a level's Ψ.</summary>
    public Span<double> Derivative(int level) => derivatives[level];

    /// <summary>Room for the derivative by the moments of the open group of a level.</summary>
    public Span<double> Adjoint(int level) => adjoints[level];

    /// <summary>The groups of a level that belong to this chunk.</summary>
    public (int From, int To) Range(int level) => ranges[level];

    /// <summary>Finds the groups of every level that belong to some top-level groups.</summary>
    public void SetRanges(IReadOnlyList<GroupLevel> levels, int first, int last)
    {
        for (var level = 0; level < levels.Count; level++)
        {
            ranges[level] = (first, last);
            first = levels[level].ChildOffsets[first];
            last = levels[level].ChildOffsets[last];
        }
    }

    /// <summary>Clears the sums before the forward sweep.</summary>
    public void ResetRoot() => Array.Clear(root);

    /// <summary>Clears the sums before the reverse sweep.</summary>
    public void ResetDerivatives()
    {
        foreach (var derivative in derivatives)
        {
            Array.Clear(derivative);
        }

        Residual?.Reset();
    }
}

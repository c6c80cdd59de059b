using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>The scratch and the sums of one chunk of top-level groups.</summary>
internal sealed class SweepWorkspace
{
    private readonly double[] root;
    private readonly double[] plain;
    private readonly double[][] derivatives;
    private readonly double[][] moments;
    private readonly double[][] adjoints;

    /// <summary>Allocates for a hierarchy.</summary>
    public SweepWorkspace(IReadOnlyList<GroupLevel> levels, int rootSize, ResidualModel? residual)
    {
        root = new double[rootSize * rootSize];
        plain = new double[residual is null ? root.Length : 0];
        derivatives = new double[levels.Count][];
        moments = new double[levels.Count][];
        adjoints = new double[levels.Count][];
        var r = rootSize;
        var scratch = 0;
        for (var level = 0; level < levels.Count; level++)
        {
            var q = levels[level].Dimension;
            derivatives[level] = new double[q * q];
            var isOpened = level < levels.Count - 1 || residual is not null;
            moments[level] = new double[isOpened ? (q + r) * (q + r) : 0];
            adjoints[level] = new double[moments[level].Length];
            scratch = Math.Max(scratch, (4 * q * q) + (3 * r * q));
            r += q;
        }

        Scratch = new double[scratch];
        Residual = residual is null ? null : new ResidualAccumulator(residual);
    }

    /// <summary>The root's moments of this chunk, lower triangle.</summary>
    public Span<double> Root => root;

    /// <summary>What of them does not depend on parameters; empty beside a residual structure.</summary>
    public Span<double> Plain => plain;

    /// <summary>Room for the kernels.</summary>
    public double[] Scratch { get; }

    /// <summary>The sums for the residual covariance; null for independent residuals.</summary>
    public ResidualAccumulator? Residual { get; }

    /// <summary>The sum of log-determinants of this chunk.</summary>
    public double LogDeterminant { get; set; }

    /// <summary>The derivative by a level's Ψ.</summary>
    public Span<double> Derivative(int level) => derivatives[level];

    /// <summary>
    /// Room for what the children of the open group of a level leave, or its whitened rows; empty where rows are not whitened and there
    /// are no children.
    /// </summary>
    public Span<double> Moments(int level) => moments[level];

    /// <summary>Room for the derivative by those moments; empty as they are.</summary>
    public Span<double> Adjoint(int level) => adjoints[level];

    /// <summary>Sets the root's moments to what does not depend on parameters, before the forward sweep.</summary>
    public void ResetRoot()
    {
        Array.Clear(root);
        plain.CopyTo(root, 0);
    }

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

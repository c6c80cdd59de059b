using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Model;

/// <summary>
/// The rows of a model as the likelihood wants them: equal rows of a cluster
/// added up, equal clusters merged into patterns with a multiplicity.
/// </summary>
internal sealed class ClusterData
{
    /// <summary>Columns of the design.</summary>
    public required int Columns { get; init; }

    /// <summary>q, effects a cluster.</summary>
    public required int Dimension { get; init; }

    /// <summary>X, by row.</summary>
    public required double[] Design { get; init; }

    /// <summary>Z, by row.</summary>
    public required double[] RandomDesign { get; init; }

    /// <summary>The columns of <see cref="CoarseDesign"/>.</summary>
    public required int CoarseWidth { get; init; }

    /// <summary>Z of the levels above the clusters side by side, coarsest first, by row; empty without such levels.</summary>
    public required double[] CoarseDesign { get; init; }

    /// <summary>The columns of <see cref="InflationDesign"/>.</summary>
    public int InflationColumns { get; init; }

    /// <summary>W, the design of the log odds of excess zeros, by row; empty without any.</summary>
    public double[] InflationDesign { get; init; } = [];

    /// <summary>Offsets.</summary>
    public required double[] Offset { get; init; }

    /// <summary>Responses (means of the rows added up).</summary>
    public required double[] Response { get; init; }

    /// <summary>Weight times trials, summed over the rows added up.</summary>
    public required double[] Weight { get; init; }

    /// <summary>Where each pattern's rows start, and the number of rows at the end.</summary>
    public required int[] PatternOffsets { get; init; }

    /// <summary>How many clusters have the pattern.</summary>
    public required double[] Multiplicity { get; init; }

    /// <summary>The pattern of each cluster.</summary>
    public required int[] PatternOfCluster { get; init; }

    /// <summary>The part of the log-likelihood that no parameter moves.</summary>
    public required double Constant { get; init; }

    /// <summary>The parametrization of D.</summary>
    public required CovarianceFactor Factor { get; init; }

    /// <summary>Patterns in chunks for threads.</summary>
    public required ClusterChunks Chunks { get; init; }

    /// <summary>The odds that a zero of a row is an excess one.</summary>
    /// <param name="row">The row.</param>
    /// <param name="coefficients">γ.</param>
    public double OddsOf(int row, ReadOnlySpan<double> coefficients) =>
        ExcessZeros.Odds(Dense.Dot(coefficients, InflationDesign.AsSpan(row * InflationColumns, InflationColumns)));

    /// <summary>The number of patterns.</summary>
    public int Patterns => Multiplicity.Length;

    /// <summary>The number of rows.</summary>
    public int Rows => Response.Length;

    /// <summary>The rows of the largest pattern.</summary>
    public int MaximumRows { get; init; }
}

using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee;

/// <summary>The numbers that a fit ends with. Nobody writes to the arrays once it is made.</summary>
internal sealed record GeeSolution
{
    /// <summary>β̂, p values.</summary>
    public required double[] Coefficients { get; init; }

    /// <summary>φ̂, or the fixed scale.</summary>
    public required double Scale { get; init; }

    /// <summary>α̂, q values; where R(α) ended the iteration, the α that is not admissible.</summary>
    public required double[] Alpha { get; init; }

    /// <summary>
    /// What the working correlation in force is made of: its last admissible α,
    /// or the known matrix. Null when the iteration ended before there was one.
    /// </summary>
    public required double[]? Correlation { get; init; }

    /// <summary>U_c of each cluster, K×p by rows.</summary>
    public required double[] Scores { get; init; }

    /// <summary>M, p×p.</summary>
    public required double[] Information { get; init; }

    /// <summary>M⁻¹, p×p.</summary>
    public required double[] Bread { get; init; }

    /// <summary>How the iteration ended.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>What the reader should know, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

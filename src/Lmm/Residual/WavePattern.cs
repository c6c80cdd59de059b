namespace MarginalConditional.Lmm.Residual;

/// <summary>A set of waves at which subjects of one covariance group were seen.</summary>
internal sealed class WavePattern
{
    /// <summary>Creates a pattern without subjects.</summary>
    /// <param name="ranks">The ranks of the waves, ascending.</param>
    /// <param name="group">The covariance group.</param>
    public WavePattern(int[] ranks, int group)
    {
        Ranks = ranks;
        Group = group;
        InverseFactor = new double[ranks.Length * ranks.Length];
    }

    /// <summary>The ranks of the waves, ascending.</summary>
    public int[] Ranks { get; }

    /// <summary>The covariance group.</summary>
    public int Group { get; }

    /// <summary>The number of waves.</summary>
    public int Size => Ranks.Length;

    /// <summary>The number of subjects seen at exactly these waves.</summary>
    public int Subjects { get; set; }

    /// <summary>L⁻¹ of the pattern's C = LLᵀ under the current parameters, lower triangular.</summary>
    public double[] InverseFactor { get; }
}

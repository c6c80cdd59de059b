namespace MarginalConditional.Lmm.Residual;

/// <summary>A set of waves at which subjects of one covariance group were seen.</summary>
/// <param name="Ranks">The ranks of the waves, ascending.</param>
/// <param name="Group">The covariance group.</param>
/// <param name="Subjects">The number of subjects seen at exactly these waves.</param>
internal sealed record WavePattern(int[] Ranks, int Group, int Subjects)
{
    /// <summary>The number of waves.</summary>
    public int Size => Ranks.Length;
}

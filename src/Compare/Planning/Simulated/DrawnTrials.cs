using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>
/// Trials of any number of clusters, drawn once: one of more clusters contains that of fewer, so that numbers of clusters are compared on
/// the same data.
/// </summary>
/// <remarks>A cluster's stream is named by its arm, its place and the trial's number. Different trials may be asked at once.</remarks>
internal sealed class DrawnTrials(ClusterDraws draws, ulong seed, int trials)
{
    private readonly Arm[] arms = new Arm[2 * trials];

    /// <summary>A trial's clusters: those without treatment first.</summary>
    /// <param name="trial">Its number, from 0.</param>
    /// <param name="controls">Clusters without treatment.</param>
    /// <param name="treatments">Clusters with treatment.</param>
    public (double[] Sizes, double[] Sums, bool[] Treated) Trial(int trial, int controls, int treatments)
    {
        var count = controls + treatments;
        var (sizes, sums, treated) = (new double[count], new double[count], new bool[count]);
        Copy(trial, false, sizes.AsSpan(0, controls), sums.AsSpan(0, controls));
        Copy(trial, true, sizes.AsSpan(controls), sums.AsSpan(controls));
        treated.AsSpan(controls).Fill(true);
        return (sizes, sums, treated);
    }

    private void Copy(int trial, bool treated, Span<double> sizes, Span<double> sums)
    {
        ref var arm = ref arms[(2 * trial) + (treated ? 1 : 0)];
        if (arm.Sizes is null || arm.Sizes.Length < sizes.Length)
        {
            arm = Extended(arm, sizes.Length, trial, treated);
        }

        arm.Sizes.AsSpan(0, sizes.Length).CopyTo(sizes);
        arm.Sums.AsSpan(0, sums.Length).CopyTo(sums);
    }

    private Arm Extended(Arm known, int length, int trial, bool treated)
    {
        var start = known.Sizes?.Length ?? 0;
        var arm = new Arm { Sizes = new double[length], Sums = new double[length] };
        known.Sizes?.CopyTo(arm.Sizes, 0);
        known.Sums?.CopyTo(arm.Sums, 0);
        var stream = new RandomStream(seed, 0, 0);
        for (var c = start; c < length; c++)
        {
            stream.Reset(seed, (2 * (ulong)c) + (treated ? 1UL : 0), (ulong)trial);
            (arm.Sizes[c], arm.Sums[c]) = draws.Next(stream, treated);
        }

        return arm;
    }

    private struct Arm
    {
        public double[] Sizes;
        public double[] Sums;
    }
}

using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Cli.Options;

/// <summary>Nested random effects order the rows of a cluster by their groups first: waves, then, need not ascend.</summary>
internal static class WaveOrder
{
    /// <summary>Refuses a working correlation that needs ascending waves where the random effects order rows otherwise.</summary>
    public static void Require(WorkingCorrelation correlation, ModelFrame frame)
    {
        if (!correlation.DependsOnWaves || correlation.AllowsRepeatedWaves || frame.RandomTerms.Count < 2)
        {
            return;
        }

        var clusters = frame.Clusters;
        for (var i = 0; i < clusters.Count; i++)
        {
            var waves = frame.Waves.Slice(clusters.Start(i), clusters.Size(i));
            for (var row = 1; row < waves.Length; row++)
            {
                if (waves[row] <= waves[row - 1])
                {
                    throw new InputException(
                        $"Nested random effects put the rows of {clusters.Name} {clusters.Label(i)} in the order of their groups, in which "
                            + $"waves do not ascend, and --corr {correlation.Name} needs them to.")
                    {
                        Hint = "Use --corr exchangeable or independence, or one random effect.",
                    };
                }
            }
        }
    }
}

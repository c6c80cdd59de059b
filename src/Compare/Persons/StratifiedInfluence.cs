using MarginalConditional.Compare.Influence;

namespace MarginalConditional.Compare.Persons;

/// <summary>Influences under randomization that holds the arms' shares fixed in every stratum.</summary>
/// <remarks>
/// With fixed shares the part of φ that stratum and arm explain, beyond what the stratum explains by itself, is no chance: subtracting
/// φ̄_za − φ̄_z leaves rows whose covariance is smaller by Σ_z Σ_a n_za (φ̄_za − φ̄_z)(φ̄_za − φ̄_z)ᵀ. For standardized means this is the
/// correction of Ye and others (2023) with the arms' shares of each stratum in place of those of the trial; it holds for any estimate.
/// </remarks>
internal static class StratifiedInfluence
{
    /// <summary>The influences without what the design holds fixed.</summary>
    public static ClusterInfluence Of(ClusterInfluence influence, PersonRows persons)
    {
        var width = influence.Estimates;
        var cells = persons.Strata * persons.Arms;
        var (cellSums, stratumSums) = (new double[cells * width], new double[persons.Strata * width]);
        var (cellCounts, stratumCounts) = (new double[cells], new double[persons.Strata]);
        for (var i = 0; i < persons.Count; i++)
        {
            var (z, cell) = Place(i);
            cellCounts[cell]++;
            stratumCounts[z]++;
            var own = influence.Of(i);
            for (var j = 0; j < width; j++)
            {
                cellSums[(cell * width) + j] += own[j];
                stratumSums[(z * width) + j] += own[j];
            }
        }

        var values = influence.Values.ToArray();
        for (var i = 0; i < persons.Count; i++)
        {
            var (z, cell) = Place(i);
            for (var j = 0; j < width; j++)
            {
                values[(i * width) + j] -= (cellSums[(cell * width) + j] / cellCounts[cell])
                    - (stratumSums[(z * width) + j] / stratumCounts[z]);
            }
        }

        return new ClusterInfluence(persons.Count, values);

        (int Stratum, int Cell) Place(int person)
        {
            var row = persons.Row[person];
            return (persons.Stratum[row], (persons.Stratum[row] * persons.Arms) + persons.Arm[row]);
        }
    }
}

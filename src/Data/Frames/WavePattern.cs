namespace MarginalConditional.Data.Frames;

/// <summary>The waves at which some clusters have a row, and how many clusters these are.</summary>
/// <param name="Seen">Whether they have one, a value a wave.</param>
/// <param name="Clusters">The number of clusters.</param>
public sealed record WavePattern(IReadOnlyList<bool> Seen, int Clusters)
{
    /// <summary>Whether no cluster of the pattern comes back after a wave it missed.</summary>
    public bool IsMonotone => !Seen.SkipWhile(seen => seen).Any(seen => seen);

    /// <summary>Whether a cluster of the pattern has a row at every wave.</summary>
    public bool IsComplete => Seen.All(seen => seen);

    /// <summary>The patterns of a frame, the most frequent first, those of equal frequency the more complete first.</summary>
    /// <param name="frame">A frame with waves.</param>
    public static IReadOnlyList<WavePattern> Of(ModelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var waves = 0;
        foreach (var wave in frame.Waves)
        {
            waves = Math.Max(waves, wave + 1);
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new char[waves];
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            Array.Fill(seen, '0');
            foreach (var wave in frame.Waves.Slice(frame.Clusters.Start(i), frame.Clusters.Size(i)))
            {
                seen[wave] = '1';
            }

            var key = new string(seen);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return
        [
            .. counts
                .OrderByDescending(pair => pair.Value)
                .ThenByDescending(pair => pair.Key.Count(mark => mark == '1'))
                .ThenByDescending(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new WavePattern([.. pair.Key.Select(mark => mark == '1')], pair.Value)),
        ];
    }
}

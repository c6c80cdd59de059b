using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests.Residual;

public sealed class ResidualLayoutTests
{
    [Fact]
    public void Subjects_seen_at_the_same_waves_share_a_pattern()
    {
        var frame = LinearFrames.Longitudinal(141, 40, 5, slope: false, missing: 0.4);
        int[] groups =
            [.. Enumerable.Range(0, frame.Clusters.Count).SelectMany(c => Enumerable.Repeat(c % 3 == 0 ? 1 : 0, frame.Clusters.Size(c)))];
        var layout = ResidualLayout.Create(frame, null, groups, ResidualStructure.FirstOrderAutoregression);
        Assert.Equal((5, 2), (layout.Waves, layout.Groups));
        Assert.Equal([0, 1, 2, 3, 4], layout.Times);
        Assert.Equal(frame.Clusters.Offsets.ToArray(), layout.BlockStarts);
        var expected = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var pattern = layout.Patterns[layout.BlockPatterns[c]];
            var waves = frame.Waves.Slice(frame.Clusters.Start(c), frame.Clusters.Size(c)).ToArray();
            Assert.Equal(waves, pattern.Ranks);
            Assert.Equal(groups[frame.Clusters.Start(c)], pattern.Group);
            var key = $"{pattern.Group}: {string.Join(' ', waves)}";
            expected[key] = expected.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(expected.OrderBy(entry => entry.Key, StringComparer.Ordinal), layout.Patterns
            .Select(pattern => KeyValuePair.Create($"{pattern.Group}: {string.Join(' ', pattern.Ranks)}", pattern.Subjects))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Continuous_time_takes_the_values_of_the_waves()
    {
        var frame = LinearFrames.Longitudinal(142, 10, 4, slope: false);
        frame = LinearFrames.With(frame, [.. frame.WaveValues.ToArray().Select(time => time * time)]);
        var layout = ResidualLayout.Create(frame, null, [], ResidualStructure.ContinuousTimeAutoregression);
        Assert.Equal([0, 1, 4, 9], layout.Times);
        Assert.Equal(3, layout.Unit);
    }
}

using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;
using MarginalConditional.Statistics.Families;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>The settings of one scenario against the same settings read by hand.</summary>
public sealed class ScenarioSettingsTests
{
    private static readonly Comparer<KeyValuePair<string, string>> Comparer =
        Comparer<KeyValuePair<string, string>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));

    [Fact]
    public void A_mechanism_has_what_its_settings_say()
    {
        var settings = Read(
            ("design", "crossover"), ("clusters", "40"), ("cluster-size", "4"), ("outcome", "continuous"), ("baseline", "-1.5"),
            ("effect", "0.25"),
            ("carry-over", "1e-1"), ("random-effect", "t(5)"), ("sigma", "2.0"), ("residual-sd", "3"));
        var mechanism = settings.Mechanism();

        Assert.Equal("crossover", mechanism.Design.Name);
        Assert.Equal((40, 4), (mechanism.Clusters, mechanism.Size.Fixed));
        Assert.Equal((Family.Gaussian, Link.Identity), (mechanism.Family, mechanism.Link));
        Assert.Equal(
            (-1.5, 0.25, 0.1, 0),
            (mechanism.Effects.Baseline, mechanism.Effects.Effect, mechanism.Effects.CarryOver, mechanism.Effects.Period));
        Assert.Equal(("t(5)", 2, 3), (mechanism.RandomEffect.Name, mechanism.RandomEffect.StandardDeviation, mechanism.ResidualDeviation));
    }

    [Fact]
    public void Numbers_have_one_spelling_and_choices_are_written_out()
    {
        var plain = Read(("clusters", "20"), ("cluster-size", "5"), ("effect", "0.5"), ("sigma", "1"));
        var other = Read(("sigma", "1.0"), ("effect", "5e-1"), ("cluster-size", "5"), ("clusters", "20"), ("outcome", "binary"));
        plain.Mechanism();
        other.Mechanism();

        Assert.Equal(plain.Canonical.Order(Comparer), other.Canonical.Order(Comparer));
        Assert.Equal("logit", plain.Canonical["link"]);
        Assert.Equal("0.5", other.Canonical["effect"]);
    }

    [Fact]
    public void Minus_zero_is_zero()
    {
        var settings = Read(("clusters", "20"), ("cluster-size", "5"), ("effect", "-0"), ("sigma", "-0"));
        var mechanism = settings.Mechanism();

        Assert.Equal("0", settings.Canonical["sigma"]);
        Assert.Equal("0", settings.Canonical["effect"]);
        Assert.False(double.IsNegative(mechanism.RandomEffect.StandardDeviation));
    }

    [Fact]
    public void What_says_no_more_than_its_default_is_known_for_it()
    {
        var settings = Read(
            ("clusters", "20"),
            ("cluster-size", "5"),
            ("effect", "0"),
            ("sigma", "1"),
            ("baseline", "0"),
            ("design", "longitudinal"),
            ("trend", "0.1"));
        settings.Mechanism();

        // The effect has no default: 0 is a choice.
        Assert.Equal(["baseline"], settings.AtDefault);
    }

    [Theory]
    [InlineData("period", "1")]
    [InlineData("clusters", "3")]
    [InlineData("clusters", "4.5")]
    [InlineData("sigma", "-1")]
    [InlineData("effect", "much")]
    [InlineData("residual-sd", "1")]
    [InlineData("link", "identity")]
    public void Settings_without_meaning_are_refused(string name, string value)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["clusters"] = "20",
            ["cluster-size"] = "5",
            ["effect"] = "1",
            ["sigma"] = "1",
            [name] = value,
        };
        var error = Assert.Throws<InputException>(() => Read([.. all.Select(pair => (pair.Key, pair.Value))]).Mechanism());

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static ScenarioSettings Read(params (string Name, string Value)[] settings)
    {
        var cell = settings.ToDictionary(pair => pair.Name, pair => (YamlNode)new YamlScalarNode(pair.Value), StringComparer.Ordinal);
        var mapping = new YamlMappingNode(cell.SelectMany(pair => new[] { new YamlScalarNode(pair.Key), pair.Value }));
        return new ScenarioSettings(new YamlSection(mapping, "study.yaml", "data-generating-mechanisms", ScenarioSettings.Names), cell);
    }
}

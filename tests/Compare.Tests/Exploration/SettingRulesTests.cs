using MarginalConditional.Compare.Exploration;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Tests.Exploration;

public sealed class SettingRulesTests
{
    [Fact]
    public void A_setting_is_read_as_it_was_written()
    {
        var setting = new TrialSetting
        {
            Risk = 0.1 + 0.2,
            Effect = -1.0 / 3,
            Sigma = 0.25,
            Law = "two-point(0.2)",
            Covariate = 0,
            Clusters = 7,
            Size = 1,
            EventIsHarm = false,
        };
        Assert.Equal(setting, SettingRules.Parse(SettingRules.Write(setting)));
        Assert.Equal(setting, SettingRules.Parse("http://127.0.0.1:8080/?" + SettingRules.Write(setting)));
        Assert.Equal(new TrialSetting { Law = "t(5)" }, SettingRules.Parse("law=t%285%29"));
        Assert.Equal(new TrialSetting(), SettingRules.Parse(string.Empty));
    }

    [Theory]
    [InlineData("sigma=-1", "from 0 to 12")]
    [InlineData("sigma=NaN", "from 0 to 12")]
    [InlineData("risk=1", "from 1E-06")]
    [InlineData("clusters=4.5", "whole number")]
    [InlineData("clusters=1e9", "from 4 to 100000")]
    [InlineData("law=norml", "Did you mean \"normal\"")]
    [InlineData("sigm=1", "Did you mean \"sigma\"")]
    [InlineData("sigma", "NAME=VALUE")]
    [InlineData("event=good", "\"good\"")]
    [InlineData("https://example.org/", "holds no setting")]
    public void What_is_no_setting_is_refused(string text, string reason)
    {
        var refusal = Assert.Throws<InputException>(() => SettingRules.Parse(text));
        Assert.Contains(reason, $"{refusal.Message} {refusal.Hint}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("bridge")]
    [InlineData("t(5)")]
    [InlineData("gamma(1)")]
    [InlineData("two-point(0.2)")]
    public void The_truths_of_the_study_file_are_the_answers(string law)
    {
        var setting = new TrialSetting { Law = law, Covariate = 0, Sigma = 1.7, Effect = 0.8, Clusters = 30, Size = 9 };
        var answers = TrialAnswers.Of(setting, CovariateLaw.Normal);
        var study = StudyReader.Parse(SettingTexts.Study(setting), "study.yaml");
        var mechanism = Assert.Single(study.Scenarios).Mechanism!;
        Assert.Equal(30, mechanism.Clusters);
        Assert.Equal(0.8, StudyTarget.Conditional.Truth(mechanism));
        Assert.Equal(answers.Population, StudyTarget.Marginal.Truth(mechanism), 1e-11);
        Assert.Equal(answers.RiskDifference, StudyTarget.RiskDifference.Truth(mechanism), 1e-12);
    }

    [Fact]
    public void A_setting_s_covariates_are_in_its_study_file()
    {
        var setting = new TrialSetting { Covariate = 0.9, Sigma = 1.2, Effect = -0.8, Clusters = 30, Size = 9 };
        var answers = TrialAnswers.Of(setting, CovariateLaw.Normal);
        var study = StudyReader.Parse(SettingTexts.Study(setting), "study.yaml");
        var mechanism = Assert.Single(study.Scenarios).Mechanism!;
        Assert.Equal(answers.Population, StudyTarget.Marginal.Truth(mechanism), 1e-9);
        Assert.Equal(answers.RiskDifference, StudyTarget.RiskDifference.Truth(mechanism), 1e-9);
        var given = StudyReader.Parse(
            SettingTexts.Study(setting).Replace("  - marginal\n", "  - marginal\n  - rung-1-log-odds-ratio\n", StringComparison.Ordinal)
                + "  - compare: {rung: 1, scale: log-odds-ratio, adjust: covariates}\n",
            "study.yaml");
        var rung = given.Methods[^1].Target;
        Assert.Equal(answers.GivenCovariates, Assert.Single(given.Scenarios).Truth(rung), 1e-9);
        string[] targets = ["conditional", "marginal-given-covariates", "marginal", "risk-difference"];
        Assert.Equal(targets, study.Methods.Select(method => method.Target.Name));
    }

    [Fact]
    public void A_start_survives_its_line_of_JSON()
    {
        var start = new ExplorationStart
        {
            Port = 8080,
            Trial = "\"<é\u2028>",
            CovariateValues = [-1, 1],
            CovariateDifferences = [0, 0.1],
            CovariateWeights = [0.5, 0.5],
        };
        var line = start.ToJson();
        Assert.DoesNotContain('\n', line);
        var read = ExplorationStart.FromJson(line);
        Assert.Equal(line, read.ToJson());
        Assert.Equal(start.Trial, read.Trial);
        Assert.Contains("\"port\":8080", line, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => ExplorationStart.FromJson("{"));
        Assert.Throws<InputException>(() => ExplorationStart.FromJson("null"));
        Assert.Throws<InputException>(() => ExplorationStart.FromJson("{\"door\":8080}"));
        Assert.Throws<InputException>(() => ExplorationStart.FromJson("{\"setting\":\"sigma=x\"}"));
    }
}

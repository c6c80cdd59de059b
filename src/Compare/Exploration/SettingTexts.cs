using System.Globalization;

namespace MarginalConditional.Compare.Exploration;

/// <summary>What a setting is in the other commands: a study file, a command line. Numbers stand in full.</summary>
public static class SettingTexts
{
    /// <summary>The study file that draws trials of the setting, its covariates as one normal covariate x.</summary>
    public static string Study(TrialSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var hasCovariate = setting.Covariate != 0;
        var covariate = hasCovariate ? $"  covariate: normal\n  covariate-slope: {Shown(setting.Covariate)}\n" : string.Empty;
        var estimand = hasCovariate ? "  - marginal-given-covariates\n" : string.Empty;
        var model = hasCovariate ? ": {adjust: covariates}" : string.Empty;
        var method = hasCovariate
            ? "  - gee: {name: gee-adjusted, adjust: covariates, correlation: exchangeable, se: mancl-derouen}\n"
            : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            # The setting {{SettingRules.Write(setting)}}
            study: explored
            seed: 1
            replicates: 500

            aims: >
              Show what both models estimate in trials of one setting.

            data-generating-mechanisms:
              design: parallel
              clusters: {{setting.Clusters}}
              cluster-size: {{setting.Size}}
              outcome: binary
              random-effect: {{setting.Law}}
              sigma: {{Shown(setting.Sigma)}}
              baseline: {{Shown(setting.Baseline)}}
              effect: {{Shown(setting.Effect)}}
            {{covariate}}
            estimands:
              - conditional
            {{estimand}}  - marginal
              - risk-difference

            methods:
              - glmm{{model}}
            {{method}}  - gee: {correlation: exchangeable, se: mancl-derouen}
              - standardized-gee: {correlation: exchangeable, se: mancl-derouen}

            """).ReplaceLineEndings("\n");
    }

    /// <summary>The command that plans the trial of the answers; null without an effect, for which nothing can be planned.</summary>
    public static string? PlanCommand(TrialAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return answers.Plan is null ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"margcond plan --control {Shown(answers.ControlRisk)} --treatment {Shown(answers.TreatedRisk)} "
                + $"--rho {Shown(answers.OutcomeCorrelation)} --size {answers.Setting.Size} --clusters {answers.Setting.Clusters}");
    }

    /// <summary>The command that opens the page at the setting.</summary>
    public static string ExploreCommand(TrialSetting setting) => $"margcond explore --setting \"{SettingRules.Write(setting)}\"";

    private static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

using System.CommandLine;
using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Commands.Gee;
using MarginalConditional.Cli.Commands.Glmm;
using MarginalConditional.Cli.Commands.Lmm;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Likeness;

/// <summary>Makes fits that <c>--save</c> kept again, as mechanisms of simulated trials.</summary>
/// <param name="context">The command that asks.</param>
internal sealed class KeptFits(CommandContext context) : ILikenessReader
{
    /// <summary>Estimates that differ by more than this part of their size are others.</summary>
    private const double Agreement = 1e-6;

    /// <inheritdoc/>
    public KeptLikeness Read(string fit, string? data)
    {
        var saved = SavedFile.Read(fit);
        return new KeptLikeness(
            Refit(fit, data).Likeness, string.Join(' ', saved.Arguments.Skip(1).Prepend(saved.Command)), saved.ContentHash);
    }

    /// <summary>Makes a fit again.</summary>
    /// <param name="fit">The file that <c>--save</c> wrote.</param>
    /// <param name="data">The data; null for where the fit says they are.</param>
    /// <exception cref="InputException">It is no such file, its data have changed, or it is no mechanism.</exception>
    public RefittedTrial Refit(string fit, string? data)
    {
        var saved = SavedFile.Read(fit);
        var place = SavedCommandLine.RequireData(saved, data);
        ICommandDefinition definition = saved.Command switch
        {
            "glmm" => new GlmmCommand(),
            "lmm" => new LmmCommand(),
            "gee" => new GeeCommand(),
            "compare" => new CompareCommand(),
            _ => throw new InputException($"A fit of {saved.Command} is no mechanism of a trial.")
            {
                File = fit,
                Hint = "Keep a fit of glmm, lmm or gee, or a comparison, by --save.",
            },
        };
        string[] words = [place, .. saved.Arguments.Skip(1)];
        var parse = Parse(definition, words, fit);

        try
        {
            var refitted = ((IRefits)definition).Refit(parse, context);
            Require(saved, refitted);
            return refitted;
        }
        catch (InputException exception) when (exception.File is null)
        {
            throw new InputException(exception.Message, exception) { File = fit, Hint = exception.Hint };
        }
    }

    /// <summary>The kept words as a command line.</summary>
    private static ParseResult Parse(ICommandDefinition definition, string[] words, string fit)
    {
        string problem;
        try
        {
            var parse = definition.Build(new SilentRunner()).Parse(words);
            if (parse.Errors.Count == 0)
            {
                return parse;
            }

            problem = parse.Errors[0].Message;
        }
        catch (InvalidOperationException exception) when (UsageError.Explains(exception))
        {
            problem = UsageError.From(exception).Message;
        }

        throw new InputException($"The fit was made with options that this version does not know: {problem}")
        {
            File = fit,
            Hint = "Fit again, and keep that fit.",
        };
    }

    private static void Require(SavedFile saved, RefittedTrial refitted)
    {
        if (!refitted.Converged)
        {
            throw new InputException("The fit did not converge, and trials are not made like it.") { Hint = "Keep another fit." };
        }

        var names = refitted.Likeness.Frame.Design.Names;
        for (var j = 0; j < names.Count; j++)
        {
            var estimate = refitted.Likeness.Coefficients[j];
            if (saved.Coefficients.TryGetValue(names[j], out var known)
                && Math.Abs(known - estimate) > Agreement * Math.Max(Math.Abs(known), 1))
            {
                throw new InputException(FormattableString.Invariant(
                    $"The coefficient of {names[j]} was {known:G6} when version {saved.Version} kept the fit, and now is {estimate:G6}."))
                {
                    Hint = "Fit again, and keep that fit.",
                };
            }
        }
    }

    /// <summary>Lets commands be built that are only parsed.</summary>
    private sealed class SilentRunner : ICommandRunner
    {
        public ConsoleStreams Streams => throw new NotSupportedException("A command that is only parsed writes nothing.");

        public void Handle(Command command, OutputOptions? output, Func<ParseResult, CommandContext, int> body)
        {
        }
    }
}

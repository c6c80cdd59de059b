using MarginalConditional.Cli;
using MarginalConditional.Cli.Hosting;

return new Application(ConsoleStreams.OfProcess()).Run(args);

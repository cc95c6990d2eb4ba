//! How TCP connections are followed.

use crate::cli::{AnalysisRules, Cli};
use crate::tcp::analysis::{Analysis, Rules};

/// How TCP connections are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Following {
    /// Whose verdict is wanted.
    rules: Rules,
    /// How many connections are remembered at most.
    connections: usize,
    /// Whether those that are forgotten are kept account of.
    keep_ledger: bool,
}

impl Following {
    /// How the options want connections to be followed, if something needs it.
    pub fn of(cli: &Cli) -> Following {
        let rules = match cli.analysis_rules {
            AnalysisRules::Evidence => Rules::Evidence,
            AnalysisRules::Wireshark => Rules::Wireshark,
        };
        let connections = usize::try_from(cli.max_connections).unwrap_or(usize::MAX);
        Following { rules, connections, keep_ledger: cli.connections }
    }

    /// An analysis of this kind. With a choice, only connections that are chosen are told at the end.
    pub fn analysis(&self, has_choice: bool) -> Analysis {
        let mut analysis = Analysis::new(self.rules, self.connections);
        if self.keep_ledger {
            analysis.keep_ledger(has_choice);
        }
        analysis
    }
}
